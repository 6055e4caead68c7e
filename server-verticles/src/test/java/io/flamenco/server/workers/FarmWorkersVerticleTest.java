package io.flamenco.server.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.mongo.FarmDatabase;
import io.flamenco.server.store.ReportedWorkers;
import io.flamenco.server.store.StatusOrders;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.time.TickedTime;
import io.flamenco.shared.wire.WorkerReport;
import io.flamenco.shared.wire.WorkerReport.ReportedWorker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FarmWorkersVerticleTest {

    private static final ManagerId MANAGER = ManagerId.next();
    private static final WorkerId WORKER = WorkerId.next();

    @Test
    void an_order_that_nobody_fetches_in_time_is_not_wanted_any_more(@TempDir Path data) throws Exception {
        Vertx vertx = Vertx.vertx();
        TickedTime time = new TickedTime(Instant.parse("2026-01-02T12:00:00Z"));
        FarmDatabase database = get(FarmDatabase.open(vertx, Optional.empty(), data, "workers"));
        StatusOrders orders = new StatusOrders(database);
        FarmBus bus = new FarmBus(vertx);
        get(vertx.deployVerticle(new FarmWorkersVerticle(new ReportedWorkers(database), orders, time, time)));
        ReportedWorker worker = new ReportedWorker(WORKER, "ana", "", "awake", "", "", "", List.of(), null, null, null);
        get(bus.ask(CrewOrder.REPORT, new CrewOrder.Report(MANAGER, new WorkerReport(List.of(worker), List.of()))));
        get(bus.ask(CrewOrder.REQUEST_STATUS, new CrewOrder.RequestStatus(WORKER, "asleep", false, "ana")));

        time.tick(Duration.ofMinutes(61));

        assertThat(get(bus.ask(CrewOrder.REPORT, new CrewOrder.Report(MANAGER, new WorkerReport(null, List.of()))))
                        .orders())
                .isEmpty();
        await().untilAsserted(() -> {
            time.tick(Duration.ofMinutes(1));
            assertThat(get(orders.of(WORKER, 1)).getFirst().state()).isEqualTo("expired");
        });
        get(database.close());
        get(vertx.close());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
