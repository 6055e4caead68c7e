package io.flamenco.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.mongo.FarmDatabase;
import io.flamenco.server.store.AuditLog;
import io.flamenco.server.store.AuditLog.Deed;
import io.flamenco.shared.time.TickedTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditVerticleTest {

    @Test
    void what_is_older_than_the_farm_wants_to_remember_is_forgotten(@TempDir Path data) throws Exception {
        Vertx vertx = Vertx.vertx();
        FarmDatabase database = get(FarmDatabase.open(vertx, Optional.empty(), data, "audit"));
        AuditLog log = new AuditLog(database);
        TickedTime time = new TickedTime(Instant.parse("2026-01-02T12:00:00Z"));
        get(vertx.deployVerticle(new AuditVerticle(log, Duration.ofHours(10), time, time)));
        get(log.add(deed(time, "old")));
        time.tick(Duration.ofHours(9));
        get(log.add(deed(time, "young")));

        await().untilAsserted(() -> {
            time.tick(Duration.ofMinutes(10));
            assertThat(get(log.page(Optional.empty(), Optional.empty(), Optional.empty(), 10)))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.deed().request()).isEqualTo("young"));
        });
        get(database.close());
        get(vertx.close());
    }

    private static Deed deed(TickedTime time, String request) {
        return new Deed(time.instant(), request, "ana", "", "", "", "", "", 200, new JsonObject());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
