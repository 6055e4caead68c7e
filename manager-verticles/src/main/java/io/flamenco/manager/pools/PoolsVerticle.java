package io.flamenco.manager.pools;

import io.flamenco.manager.pools.PoolOrders.Pools;
import io.flamenco.manager.pools.PoolOrders.Resize;
import io.flamenco.manager.pools.domain.PollPace;
import io.flamenco.manager.pools.domain.PoolStatus;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the pools of all platforms: at first at once, then at the pace at which somebody watches. */
public final class PoolsVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(PoolsVerticle.class);
    private static final Duration FIRST_LOOK = Duration.ofMillis(250);
    private static final Duration PACE_CHECK = Duration.ofSeconds(5);

    private final FarmBus bus;
    private final Timers timers;
    private final Clock clock;
    private final List<Platform> platforms;
    private final Map<String, List<PoolStatus>> seen = new TreeMap<>();
    private Instant asked;
    private Instant looked = Instant.EPOCH;
    private boolean refreshing;

    /**
     * @param platforms at least one
     */
    public PoolsVerticle(FarmBus bus, Timers timers, Clock clock, List<Platform> platforms) {
        this.bus = bus;
        this.timers = timers;
        this.clock = clock;
        this.platforms = List.copyOf(platforms);
        this.asked = clock.instant();
    }

    @Override
    public Future<?> start() {
        bus.answer(PoolOrders.WHICH_POOLS, question -> Future.succeededFuture(which()));
        bus.answer(PoolOrders.RESIZE, this::resize);
        timers.every("pools", FIRST_LOOK, PACE_CHECK, this::lookWhenDue);
        return Future.all(platforms.stream().map(Platform::start).toList());
    }

    @Override
    public Future<?> stop() {
        return Future.join(platforms.stream().map(Platform::stop).toList());
    }

    private Pools which() {
        asked = clock.instant();
        Map<String, List<PoolStatus>> copy = new TreeMap<>();
        platforms.forEach(platform -> copy.put(platform.name(), seen.getOrDefault(platform.name(), List.of())));
        return new Pools(refreshing, copy);
    }

    private Future<Done> resize(Resize order) {
        Optional<Platform> platform = platforms.stream()
                .filter(one -> one.name().equals(order.platform()))
                .findFirst();
        if (platform.isEmpty()) {
            return Future.failedFuture(new HttpFailure(501, "No configuration for this platform"));
        }
        LOG.info("A pool gets another size. platform={} pool={} size={}", order.platform(), order.pool(), order.size());
        return platform.get()
                .resize(order.pool(), order.size())
                .compose(begun -> look())
                .map(Done.DONE);
    }

    private Future<?> lookWhenDue() {
        Instant now = clock.instant();
        Instant due = looked.plus(PollPace.after(Duration.between(asked, now)));
        return now.isBefore(due) ? Future.succeededFuture() : look();
    }

    /** What a platform last said stays when it does not answer. */
    private Future<?> look() {
        refreshing = true;
        looked = clock.instant();
        List<Future<?>> looks = new ArrayList<>();
        for (Platform platform : platforms) {
            looks.add(platform.pools()
                    .onSuccess(pools -> seen.put(platform.name(), pools))
                    .onFailure(failure -> LOG.warn(
                            "Pools could not be looked at. platform={} reason={}", platform.name(), failure.toString()))
                    .otherwiseEmpty());
        }
        return Future.join(looks).onComplete(done -> refreshing = false);
    }
}
