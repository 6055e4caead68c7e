package io.flamenco.server;

import static io.flamenco.server.FarmOfOne.cursor;
import static io.flamenco.server.FarmOfOne.tasksIn;
import static io.flamenco.server.FarmOfOne.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.ServerFacts.JobStatusChanged;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do to jobs and tasks, and what their Manager learns of it. */
class ActionsTest {

    private final FarmOfOne farm;

    ActionsTest(@TempDir Path data) throws Exception {
        this.farm = FarmOfOne.in(data);
    }

    @AfterEach
    void close() throws Exception {
        farm.close();
    }

    private int act(String path) throws Exception {
        return farm.call("POST", path, "", farm.asUser()).statusCode();
    }

    @Test
    void a_canceled_job_waits_for_its_managers_confirmation() throws Exception {
        String job = farm.submitSleep();
        farm.depsgraph();
        List<String> ids = farm.taskIds(job);
        farm.report(update(ids.get(0), "completed"));

        assertThat(act("/api/v1/jobs/" + job + "/cancel")).isEqualTo(200);

        assertThat(farm.status(job)).isEqualTo("cancel-requested");
        assertThat(farm.report("null").getJsonArray("cancel_task_ids")).hasSize(3);
        farm.report(update(ids.get(1), "active"));
        assertThat(farm.statuses(job).get(1)).as("a late report").isEqualTo("cancel-requested");
        JsonObject answer = farm.report(
                update(ids.get(1), "canceled"), update(ids.get(2), "canceled"), update(ids.get(3), "failed"));
        assertThat(answer.containsKey("cancel_task_ids")).isFalse();
        assertThat(farm.status(job)).isEqualTo("canceled");
    }

    @Test
    void a_job_that_no_manager_has_yet_is_canceled_at_once() throws Exception {
        String job = farm.submitSleep();

        act("/api/v1/jobs/" + job + "/cancel");

        assertThat(farm.status(job)).isEqualTo("canceled");
        assertThat(farm.statuses(job)).containsOnly("canceled");
        assertThat(farm.tasks(job).getFirst().getString("activity")).contains("cancel-requested");
        assertThat(farm.depsgraph().statusCode()).isEqualTo(204);
    }

    @Test
    void a_requeued_job_comes_with_the_next_download() throws Exception {
        String job = farm.submitSleep();
        String mark = cursor(farm.depsgraph());
        for (String id : farm.taskIds(job)) {
            farm.report(update(id, "completed"));
        }
        assertThat(farm.status(job)).isEqualTo("completed");

        act("/api/v1/jobs/" + job + "/requeue");

        assertThat(farm.status(job)).isEqualTo("queued");
        assertThat(tasksIn(farm.depsgraph("X-Flamenco-If-Updated-Since", mark))).hasSize(4);
    }

    @Test
    void a_job_requeued_while_it_is_being_stopped_loses_no_task() throws Exception {
        String job = farm.submitSleep();
        farm.depsgraph();
        List<String> ids = farm.taskIds(job);
        farm.change("POST", "/api/v1/jobs/" + job + "/pause", new JsonObject());
        assertThat(farm.statuses(job)).containsOnly("cancel-requested");

        act("/api/v1/jobs/" + job + "/requeue");
        farm.report(update(ids.get(0), "canceled"), update(ids.get(1), "canceled"));

        assertThat(farm.status(job)).isEqualTo("queued");
        assertThat(farm.statuses(job)).containsExactly("queued", "queued", "cancel-requested", "cancel-requested");
    }

    @Test
    void a_paused_job_gives_out_nothing_and_goes_on_when_queued() throws Exception {
        String job = farm.submitSleep();

        act("/api/v1/jobs/" + job + "/pause");
        assertThat(farm.statuses(job)).containsOnly("paused");
        assertThat(farm.depsgraph().statusCode()).isEqualTo(204);
        act("/api/v1/jobs/" + job + "/requeue");

        assertThat(tasksIn(farm.depsgraph())).hasSize(4);
    }

    @Test
    void another_priority_reaches_the_manager_once() throws Exception {
        String job = farm.submitSleep();
        farm.submitSleep();
        String mark = cursor(farm.depsgraph());
        JsonObject higher = new JsonObject().put("priority", 80);

        HttpResponse<String> changed = farm.change("PATCH", "/api/v1/jobs/" + job, higher);

        assertThat(new JsonObject(changed.body()).getInteger("priority")).isEqualTo(80);
        HttpResponse<String> graph = farm.depsgraph("X-Flamenco-If-Updated-Since", mark);
        assertThat(tasksIn(graph))
                .hasSize(4)
                .allSatisfy(task -> assertThat(task.getInteger("job_priority")).isEqualTo(80));
        farm.change("PATCH", "/api/v1/jobs/" + job, higher);
        assertThat(farm.depsgraph("X-Flamenco-If-Updated-Since", cursor(graph)).statusCode())
                .isEqualTo(304);
        assertThat(farm.change("PATCH", "/api/v1/jobs/" + job, new JsonObject().put("priority", 101))
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void one_task_of_a_completed_job_can_be_queued_again() throws Exception {
        String job = farm.submitSleep();
        farm.depsgraph();
        List<String> ids = farm.taskIds(job);
        JsonObject failedBy = update(ids.get(0), "soft-failed")
                .put(
                        "failed_by_workers",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("id", "5c0100000000000000000077")
                                        .put("identifier", "render-7")));
        farm.report(failedBy);
        assertThat(farm.tasks(job).getFirst().getJsonArray("failed_by_workers")).hasSize(1);
        for (String id : ids) {
            farm.report(update(id, "completed"));
        }

        assertThat(act("/api/v1/tasks/" + ids.get(0) + "/requeue")).isEqualTo(200);

        assertThat(farm.status(job)).isEqualTo("queued");
        assertThat(farm.statuses(job)).containsExactly("queued", "completed", "completed", "completed");
        assertThat(farm.tasks(job).getFirst().getJsonArray("failed_by_workers")).isEmpty();
        assertThat(act("/api/v1/tasks/" + ids.get(0) + "/requeue")).isEqualTo(409);
    }

    @Test
    void a_task_is_queued_with_all_that_wait_for_it() throws Exception {
        String job = farm.submit(new JsonObject()
                .put("name", "edit")
                .put("job_type", "blender-video-chunks")
                .put(
                        "settings",
                        new JsonObject()
                                .put("filepath", "/edit.blend")
                                .put("render_output", "/out/x")
                                .put("frames", "1-10")
                                .put("chunk_size", 5)
                                .put("output_file_extension", ".mkv")
                                .put("images_or_video", "video")
                                .put("fps", 24)
                                .put("extract_audio", true)));
        farm.depsgraph();
        for (String id : farm.taskIds(job)) {
            farm.report(update(id, "completed"));
        }
        String chunk = farm.tasks(job).stream()
                .filter(task -> task.getString("name").equals("frame-chunk-1-5"))
                .findFirst()
                .orElseThrow()
                .getString("id");

        farm.change("POST", "/api/v1/tasks/" + chunk + "/requeue", new JsonObject().put("successors", true));

        assertThat(farm.tasks(job).stream()
                        .filter(task -> task.getString("status").equals("queued"))
                        .map(task -> task.getString("name")))
                .containsExactly(
                        "frame-chunk-1-5",
                        "video-chunk-1-5",
                        "concatenate-videos",
                        "mux-audio-video",
                        "move-with-counter");
    }

    @Test
    void failed_tasks_of_an_active_job_are_queued_together() throws Exception {
        JsonObject hundred = FarmOfOne.sleepJob();
        hundred.getJsonObject("settings").put("frames", "1-100").put("chunk_size", 1);
        String job = farm.submit(hundred);
        farm.depsgraph();
        List<String> ids = farm.taskIds(job);
        for (int i = 0; i < 9; i++) {
            farm.report(update(ids.get(i), "failed"));
        }
        assertThat(farm.status(job)).isEqualTo("active");

        act("/api/v1/jobs/" + job + "/requeue-failed");

        assertThat(farm.statuses(job)).doesNotContain("failed").contains("queued");
        assertThat(farm.status(job)).isEqualTo("active");
    }

    @Test
    void a_job_is_told_of_from_its_beginning_to_its_removal() throws Exception {
        List<JobStatusChanged> heard = new CopyOnWriteArrayList<>();
        new FarmBus(farm.vertx()).hear(Addresses.SERVER_JOB_STATUS_CHANGED, heard::add);

        String job = farm.submitSleep();
        act("/api/v1/jobs/" + job + "/cancel");
        farm.change("DELETE", "/api/v1/jobs/" + job, new JsonObject());
        farm.submit(FarmOfOne.sleepJob().put("wait_for_files", true));

        await().untilAsserted(() -> assertThat(heard)
                .extracting(fact -> fact.oldStatus() + ">" + fact.status())
                .containsExactly("under-construction>queued", "queued>canceled", "canceled>", ">waiting-for-files"));
    }

    @Test
    void a_deleted_job_leaves_nothing_behind() throws Exception {
        String job = farm.submitSleep();
        String task = farm.taskIds(job).getFirst();

        assertThat(farm.change("DELETE", "/api/v1/jobs/" + job, new JsonObject())
                        .statusCode())
                .as("of a job that may be running")
                .isEqualTo(409);
        act("/api/v1/jobs/" + job + "/cancel");
        assertThat(farm.change("DELETE", "/api/v1/jobs/" + job, new JsonObject())
                        .statusCode())
                .isEqualTo(204);

        assertThat(farm.get("/api/v1/jobs/" + job).statusCode()).isEqualTo(404);
        assertThat(farm.get("/api/v1/tasks/" + task).statusCode()).isEqualTo(404);
        JsonObject late = farm.report(update(task, "completed"));
        assertThat(late.getJsonArray("handled_update_ids")).as("late reports").hasSize(1);
        assertThat(late.getInteger("modified_count")).isZero();
    }

    @Test
    void a_recreated_job_has_as_many_tasks_and_none_of_the_old_ones() throws Exception {
        String job = farm.submitSleep();
        List<String> before = farm.taskIds(job);
        assertThat(act("/api/v1/jobs/" + job + "/recreate"))
                .as("of a queued job")
                .isEqualTo(409);
        act("/api/v1/jobs/" + job + "/cancel");

        assertThat(act("/api/v1/jobs/" + job + "/recreate")).isEqualTo(200);

        assertThat(farm.status(job)).isEqualTo("queued");
        assertThat(farm.taskIds(job)).hasSize(4).doesNotContainAnyElementsOf(before);
        assertThat(farm.statuses(job)).containsOnly("queued");
    }

    @Test
    void a_job_may_wait_for_its_files() throws Exception {
        JsonObject waiting = new JsonObject()
                .put("name", "shot")
                .put("job_type", "blender-render")
                .put("start_paused", true)
                .put("wait_for_files", true)
                .put(
                        "settings",
                        new JsonObject()
                                .put("render_output", "/out/shot/######")
                                .put("frames", "1-4")
                                .put("chunk_size", 2));
        String job = farm.submit(waiting);
        assertThat(farm.status(job)).isEqualTo("waiting-for-files");
        assertThat(farm.tasks(job)).isEmpty();

        HttpResponse<String> constructed = farm.change(
                "POST",
                "/api/v1/jobs/" + job + "/construct",
                new JsonObject().put("settings", new JsonObject().put("filepath", "/shot.blend")));

        assertThat(constructed.statusCode()).isEqualTo(200);
        assertThat(farm.status(job)).isEqualTo("paused");
        assertThat(farm.statuses(job)).hasSize(3).containsOnly("paused");
    }

    @Test
    void what_cannot_be_done_is_said_with_its_reason() throws Exception {
        String job = farm.submitSleep();

        HttpResponse<String> refused = farm.change("POST", "/api/v1/jobs/" + job + "/requeue", new JsonObject());

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(new JsonObject(refused.body()).getString("detail")).contains("The job is queued");
        assertThat(act("/api/v1/jobs/5c01000000000000000000aa/cancel")).isEqualTo(404);
        assertThat(act("/api/v1/jobs/nonsense/cancel")).isEqualTo(400);
        assertThat(farm.call("POST", "/api/v1/jobs/" + job + "/cancel", "").statusCode())
                .isEqualTo(401);
        assertThat(farm.call("DELETE", "/api/v1/jobs/" + job, "").statusCode()).isEqualTo(401);
    }

    @Test
    void a_clean_slate_brings_finished_parents_along() throws Exception {
        String job = farm.submit(new JsonObject()
                .put("name", "pattern")
                .put("job_type", "test-pattern")
                .put(
                        "settings",
                        new JsonObject()
                                .put("render_output", "/out/x/######.png")
                                .put("frames", "1-2")
                                .put("chunk_size", 1)));
        farm.depsgraph();
        farm.report(update(farm.taskIds(job).get(0), "completed"));

        List<JsonObject> tasks = tasksIn(farm.depsgraph());

        assertThat(tasks).extracting(task -> task.getString("name")).contains("test-pattern-1", "move-to-final");
        assertThat(tasks).hasSize(3);
    }

    @Test
    void a_job_is_archived_and_a_log_is_asked_for_as_the_protocol_has_it() throws Exception {
        String job = farm.submitSleep();
        farm.depsgraph();
        String task = farm.taskIds(job).getFirst();
        JsonObject archive = new JsonObject().put("op", "archive-job");
        JsonObject log = new JsonObject().put("op", "request-task-log-file");

        assertThat(farm.change("PATCH", "/api/flamenco/jobs/" + job, archive).statusCode())
                .as("of a job that runs")
                .isEqualTo(422);
        assertThat(farm.change("PATCH", "/api/flamenco/tasks/" + task, log).statusCode())
                .isEqualTo(204);
        assertThat(farm.report("null").getJsonArray("upload_task_file_queue"))
                .containsExactly(new JsonObject().put("job", job).put("task", task));
        for (String id : farm.taskIds(job)) {
            farm.report(update(id, "completed"));
        }
        assertThat(farm.change("PATCH", "/api/flamenco/jobs/" + job, archive).statusCode())
                .isEqualTo(204);
        assertThat(farm.change("PATCH", "/api/flamenco/jobs/" + job, archive).statusCode())
                .as("again")
                .isEqualTo(422);
    }
}
