package io.flamenco.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.mongo.Bson;
import io.flamenco.mongo.FarmDatabase;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.NewTask;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.status.TaskStatus;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Server that was killed between two writes makes good when it starts again. */
class CrashRepairTest {

    private final Path data;
    private final FarmOfOne farm;

    CrashRepairTest(@TempDir Path data) throws Exception {
        this.data = data;
        this.farm = FarmOfOne.in(data);
    }

    @AfterEach
    void close() throws Exception {
        farm.close();
    }

    /** Stops the Server, changes the documents, starts it again. */
    private void meanwhile(Meddling meddling) throws Exception {
        farm.stop();
        FarmDatabase database = FarmOfOne.await(
                FarmDatabase.open(farm.vertx(), Optional.empty(), data.resolve("database"), "flamenco-server"));
        meddling.with(database);
        FarmOfOne.await(database.close());
        farm.startAgain();
    }

    private interface Meddling {
        void with(FarmDatabase database) throws Exception;
    }

    private static void setJob(FarmDatabase database, String job, JsonObject fields) throws Exception {
        FarmOfOne.await(database.client()
                .updateCollection(
                        "flamenco_jobs",
                        new JsonObject().put("_id", Bson.oid(job)),
                        new JsonObject().put("$set", fields)));
    }

    private static void setTask(FarmDatabase database, String task, String status) throws Exception {
        FarmOfOne.await(database.client()
                .updateCollection(
                        "flamenco_tasks",
                        new JsonObject().put("_id", Bson.oid(task)),
                        new JsonObject().put("$set", new JsonObject().put("status", status))));
    }

    @Test
    void a_job_that_was_being_compiled_is_whole_afterwards() throws Exception {
        String job = farm.submitSleep();
        List<String> before = farm.taskIds(job);

        meanwhile(database -> {
            setJob(database, job, new JsonObject().put("status", "under-construction"));
            NewTask stray = new NewTask(TaskId.next(), "stray", "sleep", 50, "[]", List.of());
            FarmOfOne.await(new Tasks(database)
                    .insert(
                            new JobId(job),
                            new ManagerId(FarmOfOne.MANAGER),
                            TaskStatus.QUEUED,
                            Instant.parse("2026-01-01T00:00:00Z"),
                            List.of(stray)));
        });

        assertThat(farm.status(job)).isEqualTo("queued");
        assertThat(farm.taskIds(job)).hasSize(4).doesNotContainAnyElementsOf(before);
    }

    @Test
    void reports_whose_jobs_were_not_written_are_counted_anew() throws Exception {
        String job = farm.submitSleep();
        farm.depsgraph();
        List<String> ids = farm.taskIds(job);

        meanwhile(database -> {
            for (String id : ids) {
                setTask(database, id, "completed");
            }
        });

        assertThat(farm.status(job)).isEqualTo("completed");
        assertThat(farm.json("/api/v1/jobs/" + job).getJsonObject("tasks").getJsonObject("by_status"))
                .isEqualTo(new JsonObject().put("completed", 4));
    }

    @Test
    void a_cancellation_that_was_cut_short_is_carried_out() throws Exception {
        String job = farm.submitSleep();
        farm.depsgraph();
        List<String> ids = farm.taskIds(job);

        meanwhile(database -> {
            setJob(database, job, new JsonObject().put("status", "cancel-requested"));
            setTask(database, ids.get(0), "cancel-requested");
        });

        assertThat(farm.statuses(job)).containsOnly("cancel-requested");
        assertThat(farm.report("null").getJsonArray("cancel_task_ids")).hasSize(4);
    }

    @Test
    void a_requeue_that_was_cut_short_is_carried_out() throws Exception {
        String job = farm.submitSleep();
        farm.depsgraph();
        List<String> ids = farm.taskIds(job);

        meanwhile(database -> {
            setJob(database, job, new JsonObject().put("status", "requeued").put("requeued_from", "completed"));
            setTask(database, ids.get(0), "queued");
            setTask(database, ids.get(1), "completed");
        });

        assertThat(farm.status(job)).isEqualTo("queued");
        assertThat(farm.statuses(job)).containsOnly("queued");
        assertThat(FarmOfOne.tasksIn(farm.depsgraph())).hasSize(4);
    }

    @Test
    void a_deletion_that_was_cut_short_is_finished() throws Exception {
        String job = farm.submitSleep();
        String task = farm.taskIds(job).getFirst();

        meanwhile(database -> FarmOfOne.await(new Jobs(database).markRemoving(new JobId(job))));

        assertThat(farm.get("/api/v1/jobs/" + job).statusCode()).isEqualTo(404);
        assertThat(farm.get("/api/v1/tasks/" + task).statusCode()).isEqualTo(404);
    }

    @Test
    void an_archive_that_was_whole_already_is_kept() throws Exception {
        String job = farm.submitSleep();
        farm.change("POST", "/api/v1/jobs/" + job + "/cancel", new JsonObject());
        farm.change("POST", "/api/v1/jobs/" + job + "/archive", new JsonObject());
        await().until(() -> farm.status(job).equals("archived"));
        byte[] before = Files.readAllBytes(data.resolve("archive/flamenco-job-" + job + ".zip"));

        meanwhile(database -> setJob(database, job, new JsonObject().put("status", "archiving")));

        await().until(() -> farm.status(job).equals("archived"));
        assertThat(data.resolve("archive/flamenco-job-" + job + ".zip")).hasBinaryContent(before);
    }
}
