package io.flamenco.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.mongo.Bson;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.TaskUpdate;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An update whose answer is lost on its way comes again, under the same {@code Idempotency-Key}. */
class RedeliveryTest {

    private static final JsonObject LOG = new JsonObject()
            .put("log", "Fra:1 Mem:2M\nSaved: 0001.png")
            .put("activity", "Fra:1")
            .put("task_progress_percentage", 30);
    private static final JsonObject FAILED = new JsonObject()
            .put("task_status", "failed")
            .put("activity", "no memory")
            .put("log", "out of memory");

    private final FarmUnderTest farm = new FarmUnderTest();
    private final NetClient onward = farm.vertx.createNetClient();
    private final WorkerUnderTest worker = farm.worker("w1", "sleep");
    private final WireTask task = SampleTasks.task("sleep");
    private final TaskId id = Objects.requireNonNull(task.id());

    @AfterEach
    void close() {
        farm.close();
    }

    /** Passes calls on to the Manager, and breaks the connection when the answer comes. */
    private int proxyThatDropsAnswers() {
        NetServer proxy = farm.vertx.createNetServer();
        proxy.connectHandler(caller -> {
            caller.pause();
            onward.connect(farm.port(), "127.0.0.1").onSuccess(manager -> pass(caller, manager));
        });
        return FarmUnderTest.await(proxy.listen(0, "127.0.0.1")).actualPort();
    }

    private static void pass(NetSocket caller, NetSocket manager) {
        caller.handler(manager::write);
        manager.handler(answer -> {
            manager.close();
            caller.close();
        });
        caller.resume();
    }

    private HttpRequest<Buffer> update(String key) {
        return worker.authenticated(HttpMethod.POST, "/tasks/" + id + "/update").putHeader("Idempotency-Key", key);
    }

    private void deliverInVain(String key, JsonObject update) {
        HttpRequest<Buffer> request = update(key).port(proxyThatDropsAnswers());
        boolean answered = FarmUnderTest.await(
                request.sendBuffer(update.toBuffer()).map(true).otherwise(false));
        assertThat(answered).isFalse();
    }

    private void deliverAgain(String key, JsonObject update) {
        HttpResponse<Buffer> answer = FarmUnderTest.send(update(key), update);
        assertThat(answer.statusCode()).isEqualTo(204);
    }

    @Test
    void log_lines_are_not_doubled() {
        farm.download(task);
        worker.takesTask();
        String before = farm.logs.getOrDefault(id, "");

        deliverInVain("one", LOG);
        deliverAgain("one", LOG);

        assertThat(farm.logs.get(id)).isEqualTo(before + "Fra:1 Mem:2M\nSaved: 0001.png\n");
        assertThat(farm.pending())
                .filteredOn(update -> update.logTail().contains("0001.png"))
                .hasSize(1);
    }

    @Test
    void a_failure_counts_once_even_when_the_manager_was_restarted_in_between() {
        farm.worker("w2", "sleep");
        farm.download(task);
        worker.takesTask();

        deliverInVain("one", FAILED);
        String log = farm.logs.get(id);
        farm.restartScheduler();
        deliverAgain("one", FAILED);

        assertThat(farm.task(id).status()).isEqualTo("soft-failed");
        assertThat(farm.logs.get(id)).isEqualTo(log).containsOnlyOnce("out of memory");
        assertThat(farm.pending()).extracting(TaskUpdate::taskStatus).containsOnlyOnce("soft-failed");
    }

    @Test
    void what_was_answered_is_known_in_the_database_at_once() {
        farm.download(task);
        worker.takesTask();

        deliverAgain("one", LOG);

        JsonObject document = FarmUnderTest.await(farm.database()
                .client()
                .findOne("flamenco_tasks", new JsonObject().put("_id", Bson.oid(id.hex())), new JsonObject()));
        assertThat(document.getJsonArray("taken_updates")).hasSize(1);
        assertThat(document.getJsonArray("outbox", new JsonArray())).isNotEmpty();
    }

    @Test
    void a_late_delivery_does_not_undo_what_happened_since() {
        farm.download(task);
        worker.takesTask();
        deliverInVain(
                "one", new JsonObject().put("task_progress_percentage", 30).put("activity", "early"));
        deliverAgain("two", new JsonObject().put("task_progress_percentage", 60).put("activity", "late"));

        deliverAgain("one", new JsonObject().put("task_progress_percentage", 30).put("activity", "early"));

        assertThat(farm.task(id).activity()).isEqualTo("late");
    }

    @Test
    void all_that_a_worker_may_send_again_after_its_death_is_known_and_no_more_than_that_is_kept() {
        farm.download(task);
        worker.takesTask();
        List<String> keys = IntStream.range(0, 40).mapToObj(String::valueOf).toList();
        keys.forEach(key -> deliverAgain(key, line(key)));
        String log = farm.logs.get(id);

        keys.subList(28, 40).forEach(key -> deliverAgain(key, line(key)));

        assertThat(farm.logs.get(id)).isEqualTo(log);
        deliverAgain("0", line("0"));
        assertThat(farm.logs.get(id)).isEqualTo(log + "line 0\n");
    }

    @Test
    void the_same_key_for_another_update_of_another_worker_is_another_update() {
        WorkerUnderTest other = farm.worker("w2", "sleep");
        WireTask second = SampleTasks.task("sleep");
        farm.download(task, second);
        worker.takesTask();
        TaskId othersTask = other.takesTask();
        deliverAgain("one", line("a"));

        HttpResponse<Buffer> answer = FarmUnderTest.send(
                other.authenticated(HttpMethod.POST, "/tasks/" + othersTask + "/update")
                        .putHeader("Idempotency-Key", "one"),
                line("b"));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(farm.logs.get(othersTask)).endsWith("line b\n");
    }

    @Test
    void updates_without_a_key_are_all_taken_as_those_of_original_workers() {
        farm.download(task);
        worker.takesTask();

        worker.reports(id, line("a"));
        worker.reports(id, line("a"));

        assertThat(farm.logs.get(id)).endsWith("line a\nline a\n");
    }

    private static JsonObject line(String text) {
        return new JsonObject().put("log", "line " + text);
    }
}
