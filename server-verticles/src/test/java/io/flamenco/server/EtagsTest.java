package io.flamenco.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtagsTest {

    private static final int AT_ONCE = 6;
    private static final int ROUNDS = 5;

    private final FarmOfOne farm;

    EtagsTest(@TempDir Path data) throws Exception {
        this.farm = FarmOfOne.in(data);
    }

    @AfterEach
    void close() throws Exception {
        farm.close();
    }

    private String etag(String path) throws Exception {
        String[] user = farm.asUser();
        return farm.get(path, user[0], user[1]).headers().firstValue("etag").orElseThrow();
    }

    private int change(String method, String path, String body, String etag) throws Exception {
        String[] user = farm.asUser();
        return farm.call(method, path, body, user[0], user[1], "If-Match", etag).statusCode();
    }

    @Test
    void a_job_that_did_not_change_is_not_sent_again() throws Exception {
        String path = "/api/v1/jobs/" + farm.submitSleep();
        String etag = etag(path);

        HttpResponse<String> again = farm.get(path, "If-None-Match", etag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        farm.change("PATCH", path, new JsonObject().put("priority", 80));
        assertThat(farm.get(path, "If-None-Match", etag).statusCode()).isEqualTo(200);
        assertThat(farm.get(path, "If-None-Match", "\"x\", W/" + etag(path)).statusCode())
                .isEqualTo(304);
    }

    @Test
    void a_job_or_task_changes_only_as_it_was_seen_when_that_is_asked_for() throws Exception {
        String job = farm.submitSleep();
        String path = "/api/v1/jobs/" + job;
        String seen = etag(path);
        String task = "/api/v1/tasks/" + farm.taskIds(job).getFirst();
        String seenTask = etag(task);

        assertThat(change("PATCH", path, "{\"priority\": 80}", seen)).isEqualTo(200);
        assertThat(change("PATCH", path, "{\"priority\": 90}", seen)).isEqualTo(412);
        assertThat(change("POST", path + "/cancel", "", seen)).isEqualTo(412);
        assertThat(change("DELETE", path, "", seen)).isEqualTo(412);
        assertThat(change("POST", task + "/cancel", "", seenTask)).isIn(200, 412);
        assertThat(change("POST", task + "/cancel", "", seenTask)).isEqualTo(412);
        assertThat(change("POST", path + "/pause", "", "*")).isEqualTo(200);
        assertThat(farm.json(path).getInteger("priority")).isEqualTo(80);
    }

    @Test
    void of_many_changes_at_once_that_rest_on_the_same_sight_just_one_is_made() throws Exception {
        String job = farm.submitSleep();
        String path = "/api/v1/jobs/" + job;
        String task = "/api/v1/tasks/" + farm.taskIds(job).getFirst();
        for (int round = 0; round < ROUNDS; round++) {
            int lowest = 1 + round * AT_ONCE;
            assertOneWins("PATCH", path, wanted -> "{\"priority\": " + (lowest + wanted) + "}");
        }
        assertOneWins("POST", task + "/cancel", wanted -> "");
        assertOneWins("POST", task + "/requeue", wanted -> "");
        assertOneWins("POST", path + "/cancel", wanted -> "");
        assertOneWins("POST", path + "/archive", wanted -> "");
    }

    @Test
    void the_same_goes_for_projects_and_users() throws Exception {
        String project = "/api/v1/projects/" + made("/api/v1/projects", new JsonObject().put("name", "Film"));
        String user = "/api/v1/users/" + made("/api/v1/users", new JsonObject().put("name", "ana"));

        assertOneWins("PATCH", project, wanted -> "{\"name\": \"Film " + wanted + "\"}");
        assertOneWins("PATCH", firstProject(), wanted -> "{\"name\": \"First " + wanted + "\"}");
        assertOneWins("PATCH", user, wanted -> "{\"full_name\": \"Ana " + wanted + "\"}");
        assertOneWins("POST", user + "/reset-password", wanted -> "");
        String seen = etag(user);
        assertThat(change("PATCH", user, "{\"locked\": true}", seen)).isEqualTo(200);
        assertThat(change("DELETE", user, "", seen)).isEqualTo(412);
    }

    @Test
    void changes_of_a_project_that_rest_on_no_sight_are_all_made() throws Exception {
        String project = firstProject();

        atOnce(wanted -> farm.change(
                        "PATCH",
                        project,
                        wanted == 0
                                ? new JsonObject().put("open_to_all", false)
                                : new JsonObject().put("name", "Film " + wanted))
                .statusCode());

        assertThat(farm.json(project).getBoolean("open_to_all")).isFalse();
        assertThat(farm.json(project).getString("name")).startsWith("Film ");
    }

    private String firstProject() throws Exception {
        return "/api/v1/projects/"
                + farm.json("/api/v1/projects")
                        .getJsonArray("projects")
                        .getJsonObject(0)
                        .getString("id");
    }

    private String made(String path, JsonObject thing) throws Exception {
        return new JsonObject(farm.change("POST", path, thing).body()).getString("id", "");
    }

    private void assertOneWins(String method, String path, IntFunction<String> body) throws Exception {
        String seen = etag(path.replaceAll("/(cancel|requeue|archive|reset-password)$", ""));
        List<Integer> statuses = atOnce(wanted -> change(method, path, body.apply(wanted), seen));
        assertThat(statuses).as("%s %s", method, path).containsOnly(200, 412);
        assertThat(statuses).as("%s %s", method, path).containsOnlyOnce(200);
    }

    /** A call that is made several times at once. */
    private interface Call {
        int number(int wanted) throws Exception;
    }

    private static List<Integer> atOnce(Call call) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<Integer>> calls = IntStream.range(0, AT_ONCE)
                    .mapToObj(wanted -> (Callable<Integer>) () -> call.number(wanted))
                    .toList();
            for (Future<Integer> answer : callers.invokeAll(calls)) {
                statuses.add(answer.get());
            }
        }
        return statuses;
    }

    @Test
    void a_repeated_submission_gives_the_same_job_and_another_one_under_the_same_key_is_refused() throws Exception {
        String[] user = farm.asUser();
        String[] headers = {user[0], user[1], "Idempotency-Key", "the first try"};
        String body = FarmOfOne.sleepJob().put("manager", FarmOfOne.MANAGER).encode();
        HttpResponse<String> first = farm.call("POST", "/api/v1/jobs", body, headers);
        farm.restart();

        HttpResponse<String> second = farm.call("POST", "/api/v1/jobs", body, headers);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(second.body()).getString("id"))
                .isEqualTo(new JsonObject(first.body()).getString("id"));
        assertThat(farm.call("POST", "/api/v1/jobs", body.replace("nap", "doze"), headers)
                        .statusCode())
                .isEqualTo(422);
        String[] ana = farm.user("ana", "artist");
        assertThat(farm.call("POST", "/api/v1/jobs", body, ana[0], ana[1], "Idempotency-Key", "the first try")
                        .statusCode())
                .as("somebody else's key is another key")
                .isEqualTo(201);
    }
}
