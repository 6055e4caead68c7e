package io.flamenco.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectsTest {

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
}
