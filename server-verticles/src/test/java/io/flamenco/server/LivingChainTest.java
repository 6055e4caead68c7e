package io.flamenco.server;

import static io.flamenco.server.FarmOfOne.cursor;
import static io.flamenco.server.FarmOfOne.tasksIn;
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

/** From a submission to a completed job, as a person and a Manager see it over HTTP. */
class LivingChainTest {

    private final FarmOfOne farm;

    LivingChainTest(@TempDir Path data) throws Exception {
        this.farm = FarmOfOne.in(data);
    }

    @AfterEach
    void close() throws Exception {
        farm.close();
    }

    @Test
    void a_submitted_job_reaches_the_manager_and_is_completed_by_its_reports() throws Exception {
        String job = farm.submitSleep();
        assertThat(farm.status(job)).isEqualTo("queued");

        HttpResponse<String> graph = farm.depsgraph();
        List<JsonObject> tasks = tasksIn(graph);
        assertThat(tasks).hasSize(4).allSatisfy(task -> {
            assertThat(task.getString("status")).isEqualTo("claimed-by-manager");
            assertThat(task.getString("job")).isEqualTo(job);
            assertThat(task.getInteger("job_priority")).isEqualTo(50);
            assertThat(task.containsKey("parents")).isFalse();
        });
        assertThat(farm.statuses(job)).containsOnly("claimed-by-manager");

        List<String> ids = farm.taskIds(job);
        farm.report(update(ids.get(0), "active"));
        assertThat(farm.status(job)).isEqualTo("active");
        for (String id : ids) {
            JsonObject answer = farm.report(update(id, "completed"));
            assertThat(answer.getInteger("modified_count")).isEqualTo(1);
            assertThat(answer.getJsonArray("handled_update_ids")).hasSize(1);
            assertThat(answer.containsKey("cancel_task_ids")).isFalse();
        }
        assertThat(farm.status(job)).isEqualTo("completed");
        assertThat(farm.json("/api/v1/jobs/" + job).getJsonObject("tasks").getJsonObject("by_status"))
                .isEqualTo(new JsonObject().put("completed", 4));
    }

    @Test
    void a_manager_that_knows_everything_is_told_so() throws Exception {
        assertThat(farm.depsgraph().statusCode()).isEqualTo(204);
        farm.submitSleep();
        HttpResponse<String> graph = farm.depsgraph();

        HttpResponse<String> again = farm.depsgraph("X-Flamenco-If-Updated-Since", cursor(graph));

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void jobs_submitted_later_come_with_the_next_download() throws Exception {
        farm.submitSleep();
        String mark = cursor(farm.depsgraph());
        String later = farm.submitSleep();

        List<JsonObject> tasks = tasksIn(farm.depsgraph("X-Flamenco-If-Updated-Since", mark));

        assertThat(tasks)
                .hasSize(4)
                .allSatisfy(task -> assertThat(task.getString("job")).isEqualTo(later));
    }

    @Test
    void a_task_is_fetched_anew_only_when_its_bare_etag_differs() throws Exception {
        String job = farm.submitSleep();
        JsonObject task = tasksIn(farm.depsgraph()).getFirst();
        String path = "/api/flamenco/tasks/" + task.getString("_id");
        String etag = task.getString("_etag");

        assertThat(farm.asManager("GET", path, "", "If-None-Match", etag).statusCode())
                .isEqualTo(304);
        assertThat(farm.asManager("GET", path, "", "If-None-Match", "W/\"" + etag + "\"")
                        .statusCode())
                .isEqualTo(304);
        farm.report(update(task.getString("_id"), "active"));
        HttpResponse<String> changed = farm.asManager("GET", path, "", "If-None-Match", etag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(changed.body()).getString("status")).isEqualTo("active");
        assertThat(changed.headers().firstValue("etag").orElseThrow())
                .startsWith("\"")
                .isNotEqualTo(etag);
        assertThat(farm.status(job)).isEqualTo("active");
    }

    @Test
    void empty_batches_come_in_three_forms() throws Exception {
        for (String body : List.of("null", "[]", "")) {
            JsonObject answer = farm.report(body);

            assertThat(answer.getInteger("modified_count")).isZero();
            assertThat(answer.getJsonArray("handled_update_ids")).isEqualTo(new JsonArray());
        }
    }

    @Test
    void one_failed_task_of_four_fails_the_job_and_stops_the_others() throws Exception {
        String job = farm.submitSleep();
        farm.depsgraph();
        List<String> ids = farm.taskIds(job);

        JsonObject answer = farm.report(update(ids.get(1), "failed"));

        assertThat(farm.status(job)).isEqualTo("failed");
        assertThat(answer.getJsonArray("cancel_task_ids").stream().toList())
                .containsExactlyInAnyOrder(ids.get(0), ids.get(2), ids.get(3));
        assertThat(farm.statuses(job)).containsOnlyOnce("failed").contains("cancel-requested");
        assertThat(farm.json("/api/v1/jobs/" + job).getString("status_reason")).contains("1 of 4 tasks (25%)");
    }

    @Test
    void a_job_survives_a_restart_of_the_server() throws Exception {
        String job = farm.submitSleep();
        String mark = cursor(farm.depsgraph());
        farm.report(update(farm.taskIds(job).getFirst(), "completed"));

        farm.restart();

        assertThat(farm.status(job)).isEqualTo("active");
        assertThat(farm.depsgraph("X-Flamenco-If-Updated-Since", mark).statusCode())
                .isEqualTo(304);
        assertThat(tasksIn(farm.depsgraph())).hasSize(3);
    }

    @Test
    void the_same_idempotency_key_gives_the_same_job() throws Exception {
        JsonObject job = FarmOfOne.sleepJob().put("manager", FarmOfOne.MANAGER);
        String[] token = farm.asUser();
        String[] headers = {token[0], token[1], "Idempotency-Key", "once"};

        HttpResponse<String> first = farm.call("POST", "/api/v1/jobs", job.encode(), headers);
        HttpResponse<String> second = farm.call("POST", "/api/v1/jobs", job.encode(), headers);
        HttpResponse<String> other =
                farm.call("POST", "/api/v1/jobs", job.put("name", "other").encode(), headers);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(second.body()).getString("id"))
                .isEqualTo(new JsonObject(first.body()).getString("id"));
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(farm.json("/api/v1/jobs").getJsonArray("jobs")).hasSize(1);
    }

    @Test
    void strangers_cannot_submit_and_bad_jobs_are_refused_with_a_sentence() throws Exception {
        String job = FarmOfOne.sleepJob().put("manager", FarmOfOne.MANAGER).encode();
        assertThat(farm.call("POST", "/api/v1/jobs", job).statusCode()).isEqualTo(401);
        assertThat(farm.call("POST", "/api/v1/jobs", job, "Authorization", "Bearer guess")
                        .statusCode())
                .isEqualTo(401);

        JsonObject unknown =
                FarmOfOne.sleepJob().put("manager", FarmOfOne.MANAGER).put("job_type", "slep");
        HttpResponse<String> refused = farm.change("POST", "/api/v1/jobs", unknown);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(new JsonObject(refused.body()).getString("detail"))
                .contains("\"slep\"")
                .contains("sleep");

        JsonObject backwards = FarmOfOne.sleepJob().put("manager", FarmOfOne.MANAGER);
        backwards.getJsonObject("settings").put("frames", "9-3").put("chunk_size", 0);
        HttpResponse<String> bad = farm.change("POST", "/api/v1/jobs", backwards);
        assertThat(new JsonObject(bad.body()).getString("detail"))
                .contains("9-3 ends before it begins")
                .contains("\"chunk_size\" must be at least 1");
        assertThat(farm.call("POST", "/api/v1/jobs", "{", farm.asUser()).statusCode())
                .isEqualTo(400);
        assertThat(farm.call("POST", "/api/v1/jobs", "[]", farm.asUser()).body())
                .contains("A JSON object is needed");
    }

    @Test
    void settings_that_are_left_out_have_their_defaults_and_misspelt_ones_are_named() throws Exception {
        JsonObject job = FarmOfOne.sleepJob().put("manager", FarmOfOne.MANAGER);
        JsonObject settings = new JsonObject().put("frames", "1-3");
        JsonObject made = new JsonObject(farm.change("POST", "/api/v1/jobs", job.put("settings", settings))
                .body());
        assertThat(made.getJsonObject("settings"))
                .isEqualTo(settings.copy().put("chunk_size", 1).put("time_in_seconds", 3));

        HttpResponse<String> misspelt =
                farm.change("POST", "/api/v1/jobs", job.put("settings", settings.put("chunksize", 5)));
        assertThat(misspelt.statusCode()).isEqualTo(422);
        assertThat(new JsonObject(misspelt.body()).getString("detail"))
                .contains("no setting \"chunksize\" of the job type sleep; known are")
                .contains("chunk_size");
    }

    @Test
    void a_wrong_token_is_refused_where_a_stranger_may_read() throws Exception {
        assertThat(farm.get("/api/v1/jobs").statusCode()).isEqualTo(200);
        assertThat(farm.get("/api/v1/jobs", "Authorization", "Bearer guess").statusCode())
                .isEqualTo(401);
    }

    @Test
    void managers_are_known_by_their_tokens_only() throws Exception {
        String path = "/api/flamenco/managers/" + FarmOfOne.MANAGER;
        String other = "/api/flamenco/managers/" + FarmOfOne.OTHER_MANAGER;

        assertThat(farm.get(path + "/depsgraph").statusCode()).isEqualTo(403);
        assertThat(farm.get(path, "Authorization", "Bearer guess").statusCode()).isEqualTo(403);
        assertThat(farm.asManager("GET", path, "").statusCode()).isEqualTo(200);
        assertThat(farm.get(path, "Authorization", "Bearer " + FarmOfOne.SECRET).statusCode())
                .isEqualTo(200);
        assertThat(farm.asManager("GET", other, "").statusCode()).isEqualTo(404);
        assertThat(farm.asManager("GET", other + "/depsgraph", "").statusCode()).isEqualTo(401);
        assertThat(farm.asManager("GET", "/api/flamenco/managers/nonsense/depsgraph", "")
                        .statusCode())
                .isEqualTo(400);
        assertThat(farm.asManager("GET", "/api/flamenco/managers/5c01000000000000000000ff/depsgraph", "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void notifications_are_kept_when_they_are_whole() throws Exception {
        String startup = "/api/flamenco/managers/" + FarmOfOne.MANAGER + "/startup";
        JsonObject told = new JsonObject()
                .put("_meta", new JsonObject().put("version", 2))
                .put("manager_url", "http://mgr:8080/")
                .put("variables", new JsonObject().put("render", new JsonObject().put("direction", "twoway")))
                .put("nr_of_workers", 8)
                .put("worker_task_types", new JsonArray().add("sleep").add("video-encoding"));

        assertThat(farm.asManager("POST", startup, "{}").statusCode()).isEqualTo(400);
        HttpResponse<String> partial = farm.asManager(
                "POST", startup, told.copy().putNull("manager_url").encode());
        assertThat(partial.statusCode()).isEqualTo(400);
        assertThat(partial.body()).contains("manager_url");
        assertThat(farm.asManager("POST", startup, told.encode()).statusCode()).isEqualTo(204);

        JsonObject manager =
                farm.json("/api/v1/managers").getJsonArray("managers").getJsonObject(0);
        assertThat(manager.getString("url")).isEqualTo("http://mgr:8080/");
        assertThat(manager.getInteger("nr_of_workers")).isEqualTo(8);
        assertThat(manager.getJsonArray("worker_task_types")).hasSize(2);
    }

    @Test
    void compressed_batches_are_accepted_and_announced() throws Exception {
        HttpResponse<String> answer =
                farm.asManager("POST", "/api/flamenco/managers/" + FarmOfOne.MANAGER + "/task-update-batch", "null");

        assertThat(answer.headers().firstValue("accept-encoding")).contains("gzip");
    }
}
