package io.flamenco.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.mongo.Bson;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.TaskUpdate;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A database that the original Manager has filled is used as it is. */
class OriginalDatabaseTest {

    private static final String WORKER = "6b023589686c820d36b4d44b";
    private static final String TASK = "5c010003494ba92dc0552b03";
    private static final String ACTIVE = "5c010004494ba92dc0552b04";
    private static final String JOB = "5c0165dc494ba92dc0552a00";

    /** bcrypt of {@code secret-w1}, cost 4. */
    private static final String HASH = "$2a$04$";

    private final FarmUnderTest farm = new FarmUnderTest();

    @AfterEach
    void close() {
        farm.close();
    }

    private void insert(String collection, JsonObject document) {
        FarmUnderTest.await(farm.database().client().insert(collection, document));
    }

    private static JsonObject task(String id, String status) {
        return new JsonObject()
                .put("_id", Bson.oid(id))
                .put("_etag", "etag")
                .put("job", Bson.oid(JOB))
                .put("manager", Bson.oid("5852bc5198377351f95d103e"))
                .put("name", "render")
                .put("status", status)
                .put("priority", 10)
                .put("job_priority", 80)
                .put("job_type", "blender-render")
                .put("task_type", "sleep")
                .put(
                        "commands",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("name", "sleep")
                                        .put(
                                                "settings",
                                                new JsonObject()
                                                        .put("time_in_seconds", 3.0)
                                                        .put("factor", 1.5)
                                                        .put("nested", new JsonObject().put("n", 4.0)))))
                .put("last_updated", Bson.date(Instant.parse("2026-11-21T23:42:00.896Z")));
    }

    private void fill() {
        insert("flamenco_tasks", task(TASK, "claimed-by-manager"));
        insert(
                "flamenco_tasks",
                task(ACTIVE, "active")
                        .put("worker", "w1")
                        .put("worker_id", Bson.oid(WORKER))
                        .put("last_worker_ping", Bson.date(FarmUnderTest.START)));
        insert(
                "flamenco_workers",
                new JsonObject()
                        .put("_id", Bson.oid(WORKER))
                        .put("hashed_secret", Bson.binary(hash().getBytes(StandardCharsets.UTF_8)))
                        .put("nickname", "w1")
                        .put("address", "127.0.0.1")
                        .put("status", "some old status")
                        .put("platform", "linux")
                        .put("time_cost", 0)
                        .put("supported_task_types", new JsonArray().add("sleep"))
                        .put("software", "Python")
                        .put("status_requested", "")
                        .put("lazy_status_request", false)
                        .put(
                                "sleep_schedule",
                                new JsonObject()
                                        .put("schedule_active", false)
                                        .put("start", new JsonObject().put("time", "08:00")))
                        .put("blacklist", new JsonArray()));
        insert(
                "worker_blacklist",
                new JsonObject()
                        .put("_id", Bson.freshOid())
                        .put("_created", Bson.date(FarmUnderTest.START))
                        .put("worker_id", Bson.oid(WORKER))
                        .put("job_id", Bson.oid("5c0165dc494ba92dc0552c00"))
                        .put("task_type", "sleep"));
        insert(
                "task_update_queue",
                new JsonObject()
                        .put("_id", Bson.oid("5c0165dc494ba92dc0552afe"))
                        .put("task_id", Bson.oid(TASK))
                        .put("task_status", "completed")
                        .put("received_on_manager", Bson.date(FarmUnderTest.START))
                        .put("task_progress_percentage", 50)
                        .put("current_command_idx", 1)
                        .put("command_progress_percentage", 0)
                        .put("worker", "127.0.0.1 (w1)"));
    }

    private static String hash() {
        return new String(
                at.favre.lib.crypto.bcrypt.BCrypt.withDefaults().hash(4, "secret-w1".getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8);
    }

    @Test
    void workers_tasks_blocklist_and_unsent_updates_are_read() {
        fill();

        farm.restartScheduler();

        var worker = farm.ask(WorkerOrders.LIST_WORKERS, new WorkerOrders.ListWorkers())
                .workers()
                .get(0);
        assertThat(worker.nickname()).isEqualTo("w1");
        assertThat(worker.status()).isEqualTo("offline");
        assertThat(worker.sleepTimes().start()).isEqualTo("08:00");
        assertThat(worker.blocklist()).hasSize(1);
        assertThat(farm.task(new TaskId(TASK)).status()).isEqualTo("claimed-by-manager");
        assertThat(farm.pending()).extracting(TaskUpdate::taskStatus).containsExactly("completed");
        farm.push();
        farm.restartScheduler();
        assertThat(farm.pending()).isEmpty();
    }

    @Test
    void an_active_task_that_names_no_worker_belongs_to_the_first_who_reports_on_it() {
        fill();
        insert("flamenco_tasks", task("5c010005494ba92dc0552b05", "active"));
        farm.restartScheduler();

        var response = FarmUnderTest.await(farm.request(HttpMethod.POST, "/tasks/5c010005494ba92dc0552b05/update")
                .basicAuthentication(WORKER, "secret-w1")
                .sendJsonObject(new JsonObject().put("task_status", "failed")));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(farm.task(new TaskId("5c010005494ba92dc0552b05")).worker()).isEqualTo("w1");
        assertThat(farm.task(new TaskId("5c010005494ba92dc0552b05")).status()).isEqualTo("failed");
    }

    @Test
    void a_worker_of_the_original_gets_its_task_with_whole_numbers() {
        fill();
        farm.restartScheduler();

        var response = FarmUnderTest.await(farm.request(HttpMethod.POST, "/task")
                .basicAuthentication(WORKER, "secret-w1")
                .send());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.bodyAsJsonObject().getString("_id")).isEqualTo(ACTIVE);
        assertThat(response.bodyAsString())
                .contains("\"time_in_seconds\":3,")
                .contains("\"factor\":1.5")
                .contains("\"n\":4}");
        assertThat(hash()).startsWith(HASH);
    }
}
