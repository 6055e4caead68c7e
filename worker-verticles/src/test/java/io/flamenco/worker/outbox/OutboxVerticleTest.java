package io.flamenco.worker.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.time.TickedTime;
import io.flamenco.shared.wire.WorkerUpdate;
import io.flamenco.worker.FakeManager;
import io.flamenco.worker.FakeManager.Answer;
import io.flamenco.worker.bus.WorkerAddresses;
import io.flamenco.worker.bus.WorkerMessages;
import io.flamenco.worker.manager.Credentials;
import io.flamenco.worker.manager.ManagerClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxVerticleTest {

    private static final TaskId ONE = new TaskId("111111111111111111111111");
    private static final TaskId OTHER = new TaskId("222222222222222222222222");
    private static final String UPDATE_ONE = "POST /tasks/" + ONE + "/update";
    private static final String UPDATE_OTHER = "POST /tasks/" + OTHER + "/update";
    private static final Duration A_WHILE = Duration.ofMinutes(2);

    private final Vertx vertx = Vertx.vertx();
    private final TickedTime time = new TickedTime(Instant.parse("2026-11-22T00:00:00Z"));
    private final WorkerAddresses addresses = new WorkerAddresses("test");
    private FakeManager manager;
    private OutboxFile file;

    @BeforeEach
    void open(@TempDir Path temporary) throws Exception {
        manager = FakeManager.start(vertx);
        file = OutboxFile.open(temporary.resolve("outbox.db"), 1L << 40);
    }

    @AfterEach
    void close() throws Exception {
        done(vertx.close());
        file.close();
    }

    @Test
    void catalogue_27_an_update_that_is_refused_is_sent_again_with_the_same_key() throws Exception {
        manager.next(UPDATE_ONE, Answer.of(500), Answer.of(503));
        file.add(ONE, WorkerUpdate.ofLog("patience"));
        deploy();

        await().until(() -> manager.calls(UPDATE_ONE).size() == 1);
        passUntil(3);

        await().until(() -> file.size() == 0);
        assertThat(manager.calls(UPDATE_ONE))
                .extracting(FakeManager.Call::key)
                .doesNotContainNull()
                .hasSize(3);
        assertThat(manager.calls(UPDATE_ONE).stream().map(FakeManager.Call::key).distinct())
                .hasSize(1);
    }

    @Test
    void catalogue_29_30_an_update_that_will_never_be_taken_is_dropped() throws Exception {
        manager.next(UPDATE_ONE, Answer.of(409), Answer.of(404));
        file.add(ONE, WorkerUpdate.ofLog("a"));
        file.add(ONE, WorkerUpdate.ofLog("b"));
        deploy();

        await().until(() -> file.size() == 0);
        assertThat(manager.calls(UPDATE_ONE)).hasSize(2);
    }

    @Test
    void a_refused_task_does_not_hold_up_the_others_and_stays_in_order_itself() throws Exception {
        manager.next(UPDATE_ONE, Answer.of(400));
        for (int i = 0; i < 4; i++) {
            file.add(ONE, WorkerUpdate.ofLog("one " + i));
            file.add(OTHER, WorkerUpdate.ofLog("other " + i));
        }
        deploy();

        await().until(() -> manager.calls(UPDATE_OTHER).size() == 4);
        assertThat(manager.calls(UPDATE_ONE)).hasSize(1);
        passUntil(5);
        await().until(() -> file.size() == 0);
        assertThat(logs(UPDATE_ONE)).containsExactly("one 0", "one 0", "one 1", "one 2", "one 3");
        assertThat(logs(UPDATE_OTHER)).containsExactly("other 0", "other 1", "other 2", "other 3");
    }

    @Test
    void unknown_credentials_are_told_and_the_update_is_kept() throws Exception {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        new FarmBus(vertx).hear(addresses.credentialsRefused(), refused -> told.add("refused"));
        manager.next(UPDATE_ONE, Answer.of(401));
        file.add(ONE, WorkerUpdate.ofLog("kept"));
        deploy();

        await().until(() -> told.size() == 1);
        assertThat(file.size()).isEqualTo(1);
    }

    @Test
    void nothing_is_sent_before_the_worker_knows_who_it_is() throws Exception {
        file.add(ONE, WorkerUpdate.ofLog("waits"));
        vertx.deployVerticle(verticle(new ManagerClient(vertx, manager.url(), time)))
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);

        done(new FarmBus(vertx).ask(addresses.flushOutbox(), new WorkerMessages.FlushOutbox()));

        assertThat(manager.calls()).isEmpty();
        assertThat(file.size()).isEqualTo(1);
    }

    @Test
    void after_a_long_absence_everything_is_delivered_in_order() throws Exception {
        int updates = Integer.getInteger("flamenco.outbox.updates", 2_000);
        long start = System.nanoTime();
        List<TaskId> tasks = List.of(ONE, OTHER);
        IntStream.range(0, updates).forEach(i -> file.add(tasks.get(i % 2), WorkerUpdate.ofLog(Integer.toString(i))));
        long added = System.nanoTime();

        deploy();
        new FarmBus(vertx).tell(addresses.outboxGrew(), new WorkerMessages.OutboxGrew());

        await().atMost(Duration.ofMinutes(10)).until(() -> {
            time.tick(Duration.ofMillis(500));
            return file.size() == 0;
        });
        System.out.printf(
                "OUTBOX updates=%d added=%.1fs delivered=%.1fs memory=%dMiB%n",
                updates,
                (added - start) / 1e9,
                (System.nanoTime() - added) / 1e9,
                Runtime.getRuntime().totalMemory() >> 20);
        Map<String, Integer> last = new HashMap<>();
        manager.calls().forEach(call -> {
            int number = Integer.parseInt(call.json().getString("log"));
            assertThat(last.getOrDefault(call.path(), -1)).isLessThan(number);
            last.put(call.path(), number);
        });
        assertThat(manager.calls()).hasSize(updates);
    }

    private List<String> logs(String line) {
        return manager.calls(line).stream()
                .map(call -> new JsonObject(call.body()).getString("log"))
                .toList();
    }

    private void passUntil(int callsOfOne) {
        await().until(() -> {
            time.tick(A_WHILE);
            return manager.calls(UPDATE_ONE).size() >= callsOfOne;
        });
    }

    private void deploy() throws Exception {
        ManagerClient client = new ManagerClient(vertx, manager.url(), time);
        client.use(new Credentials("id", "secret"));
        done(vertx.deployVerticle(verticle(client)));
        time.tick(Duration.ofMillis(1));
    }

    private OutboxVerticle verticle(ManagerClient client) {
        return new OutboxVerticle(new FarmBus(vertx), addresses, time, time, client, file);
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
