package io.flamenco.server;

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

/** What the test-suite of the original Server asserts of its tools, over HTTP, as far as it is not asserted elsewhere. */
class ProtocolTest {

    private final FarmOfOne farm;

    ProtocolTest(@TempDir Path data) throws Exception {
        this.farm = FarmOfOne.in(data);
    }

    @AfterEach
    void close() throws Exception {
        farm.close();
    }

    private int patch(String kind, String id, JsonObject body) throws Exception {
        return farm.change("PATCH", "/api/flamenco/" + kind + "/" + id, body).statusCode();
    }

    @Test
    void an_admin_gives_a_manager_another_name_which_outlives_a_restart() throws Exception {
        JsonObject edit = new JsonObject()
                .put("op", "edit-from-web")
                .put("name", "Basement")
                .put("description", "Behind the boiler");
        String path = "/api/flamenco/managers/" + FarmOfOne.MANAGER;
        assertThat(farm.call("PATCH", path, edit.encode(), farm.user("ana", "artist"))
                        .statusCode())
                .isEqualTo(403);

        assertThat(farm.change("PATCH", path, edit).statusCode()).isEqualTo(204);
        JsonObject wrong = edit.copy().put("name", "x".repeat(129)).put("description", "x".repeat(1025));
        HttpResponse<String> refused = farm.change("PATCH", path, wrong);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(new JsonObject(refused.body()).getJsonObject("_errors").fieldNames())
                .containsExactlyInAnyOrder("name", "description");
        farm.restart();
        JsonObject manager = new JsonObject(farm.asManager("GET", path, "").body());
        assertThat(manager.getString("name")).isEqualTo("Basement");
        assertThat(manager.getString("description")).isEqualTo("Behind the boiler");
        HttpResponse<String> renamed =
                farm.change("PATCH", "/api/v1/managers/" + FarmOfOne.MANAGER, new JsonObject().put("name", "Attic"));
        assertThat(new JsonObject(renamed.body()).getString("name")).isEqualTo("Attic");
        assertThat(new JsonObject(renamed.body()).getString("description")).isEqualTo("Behind the boiler");
    }

    @Test
    void an_artists_tool_submits_in_two_steps() throws Exception {
        String project = new JsonObject(farm.get("/api/projects", farm.asUser()).body())
                .getJsonArray("_items")
                .getJsonObject(0)
                .getString("_id");
        JsonObject job = new JsonObject()
                .put("name", "shot_010")
                .put("job_type", "blender-render")
                .put("status", "waiting-for-files")
                .put("priority", 60)
                .put("project", project)
                .put("user", "5c0100000000000000000004")
                .put("manager", FarmOfOne.MANAGER)
                .put(
                        "settings",
                        new JsonObject()
                                .put("chunk_size", 2)
                                .put("frames", "1-4")
                                .put("render_output", "{render}/film/shot_010/######")
                                .put("format", "PNG"));
        HttpResponse<String> created = farm.change("POST", "/api/flamenco/jobs", job);
        assertThat(created.statusCode()).isEqualTo(201);
        String id = new JsonObject(created.body()).getString("_id");
        JsonObject construct = new JsonObject()
                .put("op", "construct")
                .put("settings", new JsonObject().put("filepath", "{job_storage}/x/shot.flamenco.blend"));

        assertThat(patch("jobs", id, construct)).isEqualTo(204);

        assertThat(farm.status(id)).isEqualTo("queued");
        assertThat(tasksIn(farm.depsgraph()))
                .hasSize(3)
                .allSatisfy(task -> assertThat(task.getInteger("job_priority")).isEqualTo(60));
        assertThat(patch("jobs", id, construct)).as("once is enough").isEqualTo(422);
        HttpResponse<String> document = farm.asManager("GET", "/api/flamenco/jobs/" + id, "");
        assertThat(new JsonObject(document.body()).getString("status")).isEqualTo("queued");
    }

    private JsonObject overrides(String... lines) {
        return new JsonObject().put("op", "rna-overrides").put("rna_overrides", new JsonArray(List.of(lines)));
    }

    @Test
    void overrides_are_put_before_the_render_tasks_of_a_compiled_job() throws Exception {
        String job = farm.submit(new JsonObject()
                .put("name", "shot")
                .put("job_type", "blender-render")
                .put(
                        "settings",
                        new JsonObject()
                                .put("filepath", "/shot.blend")
                                .put("render_output", "/out/shot/######")
                                .put("frames", "1-4")
                                .put("chunk_size", 2)));
        String mark = FarmOfOne.cursor(farm.depsgraph());

        assertThat(patch("jobs", job, overrides("x = 1"))).isEqualTo(204);

        JsonObject task = farm.tasks(job).getLast();
        assertThat(task.getString("name")).isEqualTo("rna-overrides");
        assertThat(task.getInteger("priority")).isEqualTo(80);
        assertThat(task.getJsonArray("parents")).isEmpty();
        assertThat(farm.tasks(job))
                .filteredOn(one -> one.getString("task_type").equals("blender-render"))
                .hasSize(2)
                .allSatisfy(render -> assertThat(render.getJsonArray("parents")).containsExactly(task.getString("id")));
        assertThat(tasksIn(farm.depsgraph("X-Flamenco-If-Updated-Since", mark))).hasSize(4);

        farm.report(update(task.getString("id"), "completed"));
        patch("jobs", job, overrides("x = 1", "y = [2]"));

        JsonObject again = farm.json("/api/v1/tasks/" + task.getString("id"));
        assertThat(again.getString("status")).isEqualTo("queued");
        assertThat(again.getJsonArray("commands").encode()).contains("x = 1\\ny = [2]\\n");
        assertThat(farm.tasks(job)).hasSize(4);
        assertThat(farm.json("/api/v1/jobs/" + job).getJsonObject("tasks").getInteger("total"))
                .isEqualTo(4);
    }

    @Test
    void overrides_that_cannot_be_python_are_refused_by_their_line() throws Exception {
        String job = farm.submitSleep();

        HttpResponse<String> refused = farm.change("PATCH", "/api/flamenco/jobs/" + job, overrides("a = 1", "b = ("));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(new JsonObject(refused.body())
                        .getJsonObject("validation_error")
                        .getInteger("line_num"))
                .isEqualTo(2);
        assertThat(patch("jobs", job, overrides("a = 1")))
                .as("of a job without Blender")
                .isEqualTo(422);
    }

    @Test
    void an_old_add_on_sees_variables_of_the_first_version() throws Exception {
        JsonObject told = new JsonObject()
                .put("_meta", new JsonObject().put("version", 2))
                .put("manager_url", "http://mgr:8080/")
                .put("nr_of_workers", 1)
                .put("variables", new JsonObject("""
                                {"render": {"direction": "twoway", "values": [
                                    {"audience": "all", "platform": "linux", "value": "/render"},
                                    {"audience": "users", "platforms": ["windows", "darwin"], "value": "R:"}]},
                                 "blender": {"direction": "oneway", "values": [
                                    {"audience": "workers", "platform": "linux", "value": "/opt/blender"},
                                    {"platform": "windows", "value": "blender.exe"}]}}"""));
        farm.asManager("POST", "/api/flamenco/managers/" + FarmOfOne.MANAGER + "/startup", told.encode());
        String path = "/api/flamenco/managers/" + FarmOfOne.MANAGER;

        JsonObject old = new JsonObject(
                farm.asManager("GET", path, "", "Blender-Cloud-Addon", "1.12").body());
        JsonObject current = new JsonObject(
                farm.asManager("GET", path, "", "Blender-Cloud-Addon", "1.12.2").body());

        assertThat(old.getInteger("settings_version")).isEqualTo(1);
        assertThat(old.getJsonObject("path_replacement").encode())
                .isEqualTo("{\"render\":{\"linux\":\"/render\",\"windows\":\"R:\",\"darwin\":\"R:\"}}");
        assertThat(old.getJsonObject("variables").encode()).isEqualTo("{\"blender\":{\"windows\":\"blender.exe\"}}");
        assertThat(current.getInteger("settings_version")).isEqualTo(2);
        assertThat(current.containsKey("path_replacement")).isFalse();
        for (String nonsense : List.of("1", "1.2.3.4", "a.b")) {
            assertThat(farm.asManager("GET", path, "", "Blender-Cloud-Addon", nonsense)
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void a_tool_finds_user_project_and_managers() throws Exception {
        String[] user = farm.asUser();

        assertThat(farm.get("/api/users/me").statusCode()).isEqualTo(403);
        assertThat(new JsonObject(farm.get("/api/users/me", user).body()).getString("_id"))
                .hasSize(24);
        JsonObject projects = new JsonObject(farm.get("/api/projects", user).body());
        assertThat(projects.getJsonArray("_items").getJsonObject(0).getJsonObject("extension_props"))
                .isEqualTo(new JsonObject().put("flamenco", new JsonObject()));
        JsonObject managers =
                new JsonObject(farm.get("/api/flamenco/managers/", user).body());
        assertThat(managers.getJsonArray("_items")).hasSize(2);
        assertThat(farm.get("/api/flamenco/managers/" + FarmOfOne.OTHER_MANAGER, user)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_job_that_cannot_be_compiled_says_why() throws Exception {
        JsonObject job = new JsonObject()
                .put("name", "no directory")
                .put("job_type", "blender-render")
                .put("manager", FarmOfOne.MANAGER)
                .put(
                        "settings",
                        new JsonObject()
                                .put("filepath", "x.blend")
                                .put("chunk_size", 2)
                                .put("frames", "1-4")
                                .put("render_output", "######"));

        String id =
                new JsonObject(farm.change("POST", "/api/flamenco/jobs", job).body()).getString("_id");

        assertThat(farm.status(id)).isEqualTo("construction-failed");
        assertThat(farm.json("/api/v1/jobs/" + id).getString("status_reason")).contains("has no name");
        assertThat(farm.tasks(id)).isEmpty();
    }

    @Test
    void lists_come_in_pages_and_can_be_narrowed() throws Exception {
        for (int i = 0; i < 5; i++) {
            farm.submit(FarmOfOne.sleepJob().put("name", i % 2 == 0 ? "Even " + i : "odd.*" + i));
        }
        String oldest =
                farm.json("/api/v1/jobs").getJsonArray("jobs").getJsonObject(4).getString("id");
        patch("jobs", oldest, new JsonObject().put("op", "set-job-status").put("status", "cancel-requested"));

        JsonObject first = farm.json("/api/v1/jobs?limit=2");
        JsonObject second = farm.json("/api/v1/jobs?limit=3&cursor=" + first.getString("next"));

        assertThat(first.getJsonArray("jobs")).hasSize(2);
        assertThat(second.getJsonArray("jobs")).hasSize(3);
        assertThat(second.getString("next")).isNull();
        assertThat(farm.json("/api/v1/jobs?q=even").getJsonArray("jobs")).hasSize(3);
        assertThat(farm.json("/api/v1/jobs?q=.*").getJsonArray("jobs"))
                .as("not a pattern")
                .hasSize(2);
        assertThat(farm.json("/api/v1/jobs?status=canceled,failed").getJsonArray("jobs"))
                .hasSize(1);
        assertThat(farm.get("/api/v1/jobs?status=exploded").statusCode()).isEqualTo(400);
        assertThat(farm.get("/api/v1/jobs?limit=0").statusCode()).isEqualTo(400);
        assertThat(farm.get("/api/v1/jobs?cursor=x").statusCode()).isEqualTo(400);
    }
}
