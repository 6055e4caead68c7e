package io.flamenco.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectsTest {

    private static final String STARTUP = """
            {"_meta": {"version": 2}, "manager_url": "http://mgr:8080/", "nr_of_workers": 1, "variables": {}}""";

    /** Identifiers know seconds. */
    private final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private final FarmOfOne farm;

    ProjectsTest(@TempDir Path data) throws Exception {
        this.farm = FarmOfOne.in(data);
    }

    @AfterEach
    void close() throws Exception {
        farm.close();
    }

    private JsonObject made(JsonObject project) throws Exception {
        HttpResponse<String> answer = farm.change("POST", "/api/v1/projects", project);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new JsonObject(answer.body());
    }

    private HttpResponse<String> submit(JsonObject job, String... headers) throws Exception {
        return farm.call("POST", "/api/v1/jobs", job.encode(), headers);
    }

    private static JsonObject jobFor(JsonObject project) {
        return FarmOfOne.sleepJob().put("project", project.getString("id"));
    }

    private String idOf(String[] user) throws Exception {
        return new JsonObject(farm.get("/api/v1/me", user).body()).getString("id");
    }

    @Test
    void only_members_submit_to_a_project_and_only_its_managers_run_it() throws Exception {
        String[] ana = farm.user("ana", "artist");
        String[] ben = farm.user("ben", "artist");
        JsonObject film = made(new JsonObject()
                .put("name", "Film")
                .put("members", new JsonArray().add(idOf(ana)))
                .put("managers", new JsonArray().add(FarmOfOne.OTHER_MANAGER)));

        HttpResponse<String> submitted = submit(jobFor(film), ana);

        assertThat(submitted.statusCode()).as(submitted.body()).isEqualTo(201);
        JsonObject job = new JsonObject(submitted.body());
        assertThat(job.getString("project")).isEqualTo(film.getString("id"));
        assertThat(job.getString("manager")).as("the only one of the project").isEqualTo(FarmOfOne.OTHER_MANAGER);
        farm.change("DELETE", "/api/v1/users/" + idOf(ana), new JsonObject());
        assertThat(farm.json("/api/v1/projects/" + film.getString("id")).getJsonArray("members"))
                .isEmpty();
        assertThat(submit(jobFor(film), ben).statusCode()).isEqualTo(403);
        assertThat(submit(jobFor(film).put("manager", FarmOfOne.MANAGER), farm.asUser())
                        .statusCode())
                .isEqualTo(422);
        assertThat(submit(FarmOfOne.sleepJob().put("project", "5c01000000000000000000aa"), ben)
                        .statusCode())
                .isEqualTo(422);
        assertThat(farm.json("/api/v1/jobs?project=" + film.getString("id")).getJsonArray("jobs"))
                .hasSize(1);
        assertThat(submit(FarmOfOne.sleepJob().put("manager", FarmOfOne.MANAGER), ben)
                        .statusCode())
                .as("the first project is for everybody")
                .isEqualTo(201);
    }

    @Test
    void tokens_for_a_manager_go_to_those_whose_projects_it_serves() throws Exception {
        String[] ana = farm.user("ana", "artist");
        String first = farm.json("/api/v1/projects")
                .getJsonArray("projects")
                .getJsonObject(0)
                .getString("id");
        farm.change(
                "PATCH",
                "/api/v1/projects/" + first,
                new JsonObject().put("managers", new JsonArray().add(FarmOfOne.MANAGER)));

        String token = "/api/flamenco/jwt/generate-token/";
        assertThat(farm.get(token + FarmOfOne.MANAGER, ana).statusCode()).isEqualTo(200);
        assertThat(farm.get(token + FarmOfOne.OTHER_MANAGER, ana).statusCode()).isEqualTo(401);
        assertThat(farm.get(token + FarmOfOne.OTHER_MANAGER, farm.asUser()).statusCode())
                .as("an admin may use any project, but this one has no use for that Manager")
                .isEqualTo(401);
        String where = URLEncoder.encode("{\"projects\": \"" + first + "\"}", StandardCharsets.UTF_8);
        JsonObject page = new JsonObject(
                farm.get("/api/flamenco/managers?where=" + where, ana).body());
        assertThat(page.getJsonArray("_items")).hasSize(1);
        assertThat(new JsonObject(farm.get("/api/projects", ana).body()).getJsonArray("_items"))
                .hasSize(1);
    }

    @Test
    void a_project_changes_only_as_it_was_seen_and_goes_only_when_it_is_empty() throws Exception {
        JsonObject film = made(new JsonObject().put("name", "Film").put("open_to_all", true));
        String path = "/api/v1/projects/" + film.getString("id");
        String etag = farm.get(path).headers().firstValue("etag").orElseThrow();
        String[] user = farm.asUser();

        assertThat(farm.get(path, "If-None-Match", etag).statusCode()).isEqualTo(304);
        assertThat(farm.call("PATCH", path, "{\"name\":\"Short\"}", user[0], user[1], "If-Match", etag)
                        .statusCode())
                .isEqualTo(200);
        assertThat(farm.call("PATCH", path, "{\"name\":\"Long\"}", user[0], user[1], "If-Match", etag)
                        .statusCode())
                .isEqualTo(412);
        submit(jobFor(film).put("manager", FarmOfOne.MANAGER), user);
        assertThat(farm.change("DELETE", path, new JsonObject()).statusCode()).isEqualTo(409);
        JsonObject empty = made(new JsonObject().put("name", "Empty"));
        assertThat(farm.change("DELETE", "/api/v1/projects/" + empty.getString("id"), new JsonObject())
                        .statusCode())
                .isEqualTo(204);
        String first = farm.json("/api/v1/projects")
                .getJsonArray("projects")
                .getJsonObject(0)
                .getString("id");
        assertThat(farm.change("DELETE", "/api/v1/projects/" + first, new JsonObject())
                        .statusCode())
                .isEqualTo(409);
        assertThat(farm.change("POST", "/api/v1/projects", new JsonObject().put("name", " "))
                        .statusCode())
                .isEqualTo(422);
        assertThat(farm.change(
                                "POST",
                                "/api/v1/projects",
                                new JsonObject().put("name", "x").put("members", "ana"))
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void the_first_project_was_made_at_the_first_start() throws Exception {
        JsonObject first =
                farm.json("/api/v1/projects").getJsonArray("projects").getJsonObject(0);

        assertThat(first.getInstant("created")).isBetween(begin, Instant.now());
        assertThat(first.getInstant("updated")).isEqualTo(first.getInstant("created"));
        assertThat(farm.change(
                                "PATCH",
                                "/api/v1/projects/" + first.getString("id"),
                                new JsonObject().put("name", "One"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void every_change_of_projects_users_and_managers_is_told_on_the_bus() throws Exception {
        String project = "server.project.changed";
        String manager = "server.manager.changed";
        String user = "server.user.changed";
        String[] viewer = farm.user("vera", "viewer");
        BlockingQueue<JsonObject> told = farm.listen(farm.asUser()[1], project, manager, user);
        BlockingQueue<JsonObject> toldViewer = farm.listen(viewer[1], project, manager);

        JsonObject film = made(new JsonObject().put("name", "Film"));
        String[] ana = farm.user("ana", "artist");
        String anaId = idOf(ana);
        farm.change(
                "PATCH",
                "/api/v1/projects/" + film.getString("id"),
                new JsonObject().put("members", new JsonArray().add(anaId)));
        farm.change("PATCH", "/api/v1/users/" + anaId, new JsonObject().put("locked", true));
        farm.change("POST", "/api/v1/users/" + anaId + "/reset-password", new JsonObject());
        farm.change("DELETE", "/api/v1/users/" + anaId, new JsonObject());
        farm.change("DELETE", "/api/v1/projects/" + film.getString("id"), new JsonObject());
        farm.change("PATCH", "/api/v1/managers/" + FarmOfOne.MANAGER, new JsonObject().put("name", "Nave"));
        farm.asManager("POST", "/api/flamenco/managers/" + FarmOfOne.MANAGER + "/startup", STARTUP);
        farm.asManager("POST", "/api/flamenco/managers/" + FarmOfOne.MANAGER + "/startup", STARTUP);
        farm.change("POST", "/api/v1/managers/" + FarmOfOne.MANAGER + "/revoke", new JsonObject());

        assertThat(take(told, 12))
                .containsExactlyInAnyOrder(
                        project + " Film added",
                        user + " ana added",
                        user + " ana changed",
                        project + " Film changed",
                        user + " ana changed",
                        user + " ana changed",
                        user + " ana removed",
                        project + " Film changed",
                        project + " Film removed",
                        manager + " Nave changed",
                        manager + " Nave changed",
                        manager + " Nave revoked");
        assertThat(take(toldViewer, 7)).hasSize(7).noneMatch(one -> one.startsWith(user));
        assertThat(farm.overBus("register", user, viewer[1], new JsonObject()).getInteger("failureCode"))
                .isEqualTo(403);
    }

    private static List<String> take(BlockingQueue<JsonObject> told, int count) throws Exception {
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            JsonObject fact = told.poll(30, TimeUnit.SECONDS);
            assertThat(fact).as("after %s", taken).isNotNull();
            JsonObject body = fact.getJsonObject("body");
            assertThat(fact.encode()).doesNotContain("password", "hash", "secret");
            taken.add(fact.getString("address") + " " + body.getString("name") + " " + body.getString("change"));
        }
        return taken;
    }
}
