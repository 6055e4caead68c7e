package io.flamenco.manager.pools;

import io.flamenco.manager.pools.domain.PoolSize;
import io.flamenco.manager.pools.domain.PoolStatus;
import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pools that do not exist, in all states that real ones can have, to try pages and tools with ({@code fake: true}). */
public final class FakeAzurePlatform implements Platform {

    private static final String MACHINE = "standard_f16s";

    private final Map<String, PoolStatus> pools = new LinkedHashMap<>();

    public FakeAzurePlatform() {
        add("fakeempty", PoolStatus.ACTIVE, PoolStatus.STEADY, null, new PoolSize(0, 0), new PoolSize(0, 0));
        add("fakesteady", PoolStatus.ACTIVE, PoolStatus.STEADY, null, new PoolSize(2, 6), new PoolSize(2, 6));
        add("fakeresizing", PoolStatus.ACTIVE, PoolStatus.RESIZING, null, new PoolSize(2, 0), new PoolSize(8, 4));
        add(
                "fakeerror",
                PoolStatus.ACTIVE,
                PoolStatus.STEADY,
                "AccountCoreQuotaReached: The account has no cores left",
                new PoolSize(1, 0),
                new PoolSize(20, 0));
        add("fakedeleting", "deleting", "stopping", null, new PoolSize(3, 0), new PoolSize(0, 0));
    }

    @Override
    public String name() {
        return AzurePlatform.NAME;
    }

    @Override
    public Future<?> start() {
        return Future.succeededFuture();
    }

    @Override
    public Future<List<PoolStatus>> pools() {
        return Future.succeededFuture(List.copyOf(pools.values()));
    }

    @Override
    public Future<?> resize(String pool, PoolSize size) {
        PoolStatus known = pools.get(pool);
        if (known == null) {
            return Future.failedFuture(new HttpFailure(409, "There is no pool \"" + pool + "\"."));
        }
        add(pool, known.state(), PoolStatus.RESIZING, known.resizeError(), known.currentSize(), size);
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return Future.succeededFuture();
    }

    private void add(
            String id, String state, String allocation, @Nullable String error, PoolSize current, PoolSize desired) {
        pools.put(id, new PoolStatus(id, state, allocation, error, current, desired, MACHINE));
    }
}
