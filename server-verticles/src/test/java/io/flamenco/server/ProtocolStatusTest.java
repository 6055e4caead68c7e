package io.flamenco.server;

import static io.flamenco.server.FarmOfOne.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the test-suite of the original Server asserts of statuses, by reports of a Manager and by people. */
class ProtocolStatusTest {

    private final FarmOfOne farm;

    ProtocolStatusTest(@TempDir Path data) throws Exception {
        this.farm = FarmOfOne.in(data);
    }

    @AfterEach
    void close() throws Exception {
        farm.close();
    }

    private int patch(String kind, String id, JsonObject body) throws Exception {
        return farm.change("PATCH", "/api/flamenco/" + kind + "/" + id, body).statusCode();
    }

    private int setJob(String job, String status) throws Exception {
        return patch("jobs", job, new JsonObject().put("op", "set-job-status").put("status", status));
    }

    private int setTask(String task, String status) throws Exception {
        return patch(
                "tasks", task, new JsonObject().put("op", "set-task-status").put("status", status));
    }

    @Test
    void timing_survives_a_report_without_it_and_an_unknown_status_changes_nothing_else() throws Exception {
        String job = farm.submitSleep();
        farm.depsgraph();
        String task = farm.taskIds(job).getFirst();
        JsonObject metrics = new JsonObject().put("timing", new JsonObject().put("render.total", 1.5));
        farm.report(update(task, "active").put("metrics", metrics).put("activity", "rendering"));

        JsonObject answer = farm.report(update(task, "exploded").put("activity", "still rendering"));

        assertThat(answer.getJsonArray("handled_update_ids")).hasSize(1);
        JsonObject stored = farm.json("/api/v1/tasks/" + task);
        assertThat(stored.getString("status")).isEqualTo("active");
        assertThat(stored.getString("activity")).isEqualTo("still rendering");
        assertThat(stored.getJsonObject("timing").getDouble("render.total")).isEqualTo(1.5);
    }

    @Test
    void the_tail_of_the_log_is_replaced_and_progress_is_kept_by_log_lines() throws Exception {
        String job = farm.submitSleep();
        farm.depsgraph();
        String task = farm.taskIds(job).getFirst();
        farm.report(update(task, "active").put("task_progress_percentage", 40).put("log_tail", "one\n"));
        farm.report(update(task, "").put("task_progress_percentage", 0).put("log_tail", "two\n"));

        JsonObject stored = farm.tasks(job).getFirst();

        assertThat(stored.getString("log_tail")).isEqualTo("two\n");
        assertThat(stored.getInteger("task_progress_percentage")).isEqualTo(40);
    }

    @Test
    void tasks_given_back_one_by_one_make_the_job_wait() throws Exception {
        String job = farm.submitSleep();
        farm.depsgraph();
        List<String> ids = farm.taskIds(job);
        farm.report(update(ids.get(0), "active"), update(ids.get(1), "active"));

        farm.report(update(ids.get(0), "claimed-by-manager"));
        assertThat(farm.status(job)).isEqualTo("active");
        farm.report(update(ids.get(1), "claimed-by-manager"));
        assertThat(farm.status(job)).isEqualTo("queued");
    }

    @Test
    void soft_failures_do_not_fail_a_job_and_a_failure_does() throws Exception {
        String job = farm.submitSleep();
        farm.depsgraph();
        String task = farm.taskIds(job).getFirst();
        farm.report(update(task, "soft-failed"));
        farm.report(update(task, "soft-failed"));
        assertThat(farm.status(job)).isEqualTo("active");

        farm.report(update(task, "failed"));

        assertThat(farm.status(job)).isEqualTo("failed");
    }

    @Test
    void what_cannot_be_read_and_what_is_not_the_senders_is_acknowledged() throws Exception {
        String job = farm.submitSleep();
        String task = farm.taskIds(job).getFirst();
        JsonArray batch = new JsonArray()
                .add(update("5c01000000000000000000aa", "completed"))
                .add(update("nonsense", "completed"))
                .add(update(task, "completed").put("task_progress_percentage", "much"))
                .addNull();

        JsonObject answer = farm.report(batch.encode());
        assertThat(answer.getJsonArray("handled_update_ids")).hasSize(3);
        assertThat(answer.getInteger("modified_count")).isZero();

        HttpResponse<String> other = farm.call(
                "POST",
                "/api/flamenco/managers/" + FarmOfOne.OTHER_MANAGER + "/task-update-batch",
                new JsonArray().add(update(task, "completed")).encode(),
                "Authorization",
                FarmOfOne.basic(FarmOfOne.OTHER_SECRET));
        assertThat(new JsonObject(other.body()).getJsonArray("handled_update_ids"))
                .hasSize(1);
        assertThat(farm.statuses(job)).containsOnly("queued");
        assertThat(farm.asManager("POST", "/api/flamenco/managers/" + FarmOfOne.MANAGER + "/task-update-batch", "{}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void an_api_token_is_no_managers_token() throws Exception {
        String batch = "/api/flamenco/managers/" + FarmOfOne.MANAGER + "/task-update-batch";

        assertThat(farm.call("POST", batch, "null", farm.asUser()).statusCode()).isEqualTo(403);
    }

    @Test
    void statuses_that_do_not_exist_are_refused() throws Exception {
        String job = farm.submitSleep();

        assertThat(setJob(job, "exploded")).isEqualTo(422);
        assertThat(setTask(farm.taskIds(job).getFirst(), "exploded")).isEqualTo(422);
        assertThat(patch("jobs", job, new JsonObject().put("op", "explode"))).isEqualTo(400);
        assertThat(patch("jobs", job, new JsonObject())).isEqualTo(400);
        assertThat(patch("jobs", "5c01000000000000000000aa", new JsonObject().put("op", "requeue-failed-tasks")))
                .isEqualTo(404);
        assertThat(farm.call(
                                "PATCH",
                                "/api/flamenco/jobs/" + job,
                                new JsonObject()
                                        .put("op", "set-job-status")
                                        .put("status", "active")
                                        .encode())
                        .statusCode())
                .isEqualTo(403);
        assertThat(farm.status(job)).isEqualTo("queued");
    }

    @Test
    void people_drive_a_job_by_its_tasks() throws Exception {
        String job = farm.submitSleep();
        farm.depsgraph();
        List<String> ids = farm.taskIds(job);
        for (String id : ids.subList(0, 3)) {
            assertThat(setTask(id, "completed")).isEqualTo(204);
        }
        assertThat(farm.status(job)).isEqualTo("active");
        setTask(ids.get(3), "completed");
        assertThat(farm.status(job)).isEqualTo("completed");

        setTask(ids.get(0), "queued");

        assertThat(farm.status(job)).isEqualTo("queued");
        assertThat(farm.statuses(job)).containsExactly("queued", "completed", "completed", "completed");
    }

    @Test
    void a_mixture_that_shall_fail_fails_once_confirmed() throws Exception {
        JsonObject large = FarmOfOne.sleepJob();
        large.getJsonObject("settings").put("frames", "1-40").put("chunk_size", 1);
        String job = farm.submit(large);
        farm.depsgraph();
        List<String> ids = farm.taskIds(job);
        farm.report(update(ids.get(0), "active"), update(ids.get(1), "failed"), update(ids.get(3), "queued"));
        assertThat(farm.status(job)).isEqualTo("active");

        assertThat(setJob(job, "fail-requested")).isEqualTo(204);

        assertThat(farm.statuses(job).subList(0, 4))
                .containsExactly("cancel-requested", "failed", "cancel-requested", "canceled");
        assertThat(farm.depsgraph().statusCode())
                .as("a job that fails is not handed out")
                .isEqualTo(204);
        assertThat(farm.status(job)).isEqualTo("fail-requested");
        for (int i = 0; i < ids.size(); i++) {
            if (farm.statuses(job).get(i).equals("cancel-requested")) {
                farm.report(update(ids.get(i), "canceled"));
            }
        }
        assertThat(farm.status(job)).isEqualTo("failed");
    }
}
