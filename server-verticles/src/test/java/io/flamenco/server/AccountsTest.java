package io.flamenco.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {

    private static final String[] NOBODY = {};
    private static final String PASSWORD = "a password of hers";

    private final FarmOfOne farm;

    AccountsTest(@TempDir Path data) throws Exception {
        this.farm = FarmOfOne.in(data);
    }

    @AfterEach
    void close() throws Exception {
        farm.close();
    }

    private HttpResponse<String> logIn(String name, String password) throws Exception {
        return farm.logIn(name, password);
    }

    private static String cookie(HttpResponse<String> answer) {
        return FarmOfOne.cookie(answer);
    }

    private HttpResponse<String> with(String cookie, String method, String path, JsonObject body) throws Exception {
        return farm.call(method, path, body.encode(), "Cookie", cookie, "X-Requested-With", "test");
    }

    private String session(String name, String role) throws Exception {
        return farm.session(name, role, PASSWORD);
    }

    @Test
    void the_first_start_makes_an_admin_who_must_change_the_password_first() throws Exception {
        String first = farm.server().firstPassword().orElseThrow();
        HttpResponse<String> in = logIn("admin", first);
        String held = cookie(in);

        assertThat(new JsonObject(in.body()).getBoolean("must_change_password")).isTrue();
        assertThat(in.headers().firstValue("set-cookie"))
                .hasValueSatisfying(set ->
                        assertThat(set).containsIgnoringCase("; HttpOnly").contains("SameSite=Lax", "Path=/"));
        assertThat(with(held, "POST", "/api/v1/jobs", FarmOfOne.sleepJob()).statusCode())
                .isEqualTo(403);
        assertThat(with(held, "POST", "/api/v1/me/tokens", new JsonObject().put("name", "x"))
                        .statusCode())
                .isEqualTo(403);
        JsonObject passwords = new JsonObject().put("old_password", first).put("new_password", PASSWORD);
        assertThat(with(
                                held,
                                "POST",
                                "/api/v1/me/password",
                                new JsonObject().put("old_password", first).put("new_password", "short"))
                        .statusCode())
                .isEqualTo(422);
        HttpResponse<String> changed = with(held, "POST", "/api/v1/me/password", passwords);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(farm.get("/api/v1/me", "Cookie", held).statusCode())
                .as("other sessions have ended")
                .isEqualTo(401);
        JsonObject job = FarmOfOne.sleepJob().put("manager", FarmOfOne.MANAGER);
        assertThat(with(cookie(changed), "POST", "/api/v1/jobs", job).statusCode())
                .isEqualTo(201);

        farm.restart();

        assertThat(farm.server().firstPassword()).isEmpty();
        assertThat(logIn("admin", first).statusCode()).isEqualTo(401);
        assertThat(farm.get("/api/v1/me", "Cookie", cookie(changed)).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "short one 1 | has 12 to 256 characters",
                "password1234 | among the first",
                "flamenco2026 | among the first",
                "ana.lisa2026 | among the first",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | among the first"
            })
    void a_password_that_is_easily_guessed_is_not_taken(String password, String why) throws Exception {
        String session = session("ana.lisa", "artist");
        JsonObject body = new JsonObject().put("old_password", PASSWORD).put("new_password", password);

        HttpResponse<String> refused = with(session, "POST", "/api/v1/me/password", body);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains(why);
        assertThat(logIn("ana.lisa", PASSWORD).statusCode())
                .as("with the password of before")
                .isEqualTo(200);
    }

    @Test
    void people_see_where_they_are_logged_in_and_end_it_there() throws Exception {
        String here = session("ana", "artist");
        String there = cookie(logIn("ana", PASSWORD));
        String elsewhere = cookie(logIn("ana", PASSWORD));
        String others = session("olga", "admin");

        List<JsonObject> sessions = sessions(here);

        assertThat(sessions).hasSize(3).allSatisfy(session -> {
            assertThat(session.getString("address")).isEqualTo("127.0.0.1");
            assertThat(session.getString("browser")).startsWith("Java-http-client");
        });
        assertThat(sessions.stream().filter(one -> one.getBoolean("present"))).hasSize(1);
        String gone = present(there);
        assertThat(with(others, "DELETE", "/api/v1/me/sessions/" + gone, new JsonObject())
                        .statusCode())
                .as("somebody else's")
                .isEqualTo(404);
        assertThat(with(here, "DELETE", "/api/v1/me/sessions/" + gone, new JsonObject())
                        .statusCode())
                .isEqualTo(204);
        assertThat(farm.get("/api/v1/me", "Cookie", there).statusCode()).isEqualTo(401);
        assertThat(sessions(here)).hasSize(2);

        assertThat(with(here, "DELETE", "/api/v1/me/sessions", new JsonObject()).statusCode())
                .isEqualTo(204);
        assertThat(farm.get("/api/v1/me", "Cookie", elsewhere).statusCode()).isEqualTo(401);
        assertThat(sessions(here))
                .singleElement()
                .satisfies(session -> assertThat(session.getBoolean("present")).isTrue());
        assertThat(farm.get("/api/v1/me", "Cookie", others).statusCode()).isEqualTo(200);
    }

    private List<JsonObject> sessions(String cookie) throws Exception {
        HttpResponse<String> listed = farm.get("/api/v1/me/sessions", "Cookie", cookie);
        return new JsonObject(listed.body())
                .getJsonArray("sessions").stream().map(JsonObject.class::cast).toList();
    }

    private String present(String cookie) throws Exception {
        return sessions(cookie).stream()
                .filter(session -> session.getBoolean("present"))
                .findFirst()
                .orElseThrow()
                .getString("id");
    }

    @Test
    void a_log_in_link_is_good_for_once() throws Exception {
        String link = FarmOfOne.await(farm.server().loginLink()).toString();
        String key = link.substring(link.indexOf("#key=") + "#key=".length());
        JsonObject body = new JsonObject().put("key", key);

        HttpResponse<String> in = farm.call("POST", "/api/v1/login", body.encode());

        assertThat(new JsonObject(in.body()).getString("name")).isEqualTo("admin");
        assertThat(farm.call("POST", "/api/v1/login", body.encode()).statusCode())
                .isEqualTo(401);
        HttpResponse<String> chosen =
                with(cookie(in), "POST", "/api/v1/me/password", new JsonObject().put("new_password", PASSWORD));
        assertThat(chosen.statusCode())
                .as("who came with a key need not know the old password")
                .isEqualTo(200);
        assertThat(logIn("admin", PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void whoever_guesses_must_wait() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(logIn("nobody", "guess number " + i).statusCode()).isEqualTo(401);
        }

        HttpResponse<String> refused = logIn("nobody", "guess");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("retry-after").orElseThrow())
                .isBetween(1L, 30L);
        assertThat(logIn("admin", "guess").statusCode())
                .as("another name may go on")
                .isEqualTo(401);
    }

    @Test
    void a_change_with_a_session_must_come_from_our_own_pages() throws Exception {
        String ana = session("ana", "admin");
        String body = new JsonObject().put("name", "x").encode();

        assertThat(farm.call("POST", "/api/v1/me/tokens", body, "Cookie", ana).statusCode())
                .as("without a header that only scripts of this site can send")
                .isEqualTo(403);
        assertThat(farm.call(
                                "POST",
                                "/api/v1/me/tokens",
                                body,
                                "Cookie",
                                ana,
                                "X-Requested-With",
                                "x",
                                "Origin",
                                "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(with(ana, "POST", "/api/v1/me/tokens", new JsonObject(body)).statusCode())
                .isEqualTo(201);
    }

    @Test
    void a_token_does_what_its_owner_may_until_it_is_revoked() throws Exception {
        String ana = session("ana", "artist");
        JsonObject made = new JsonObject(with(ana, "POST", "/api/v1/me/tokens", new JsonObject().put("name", "laptop"))
                .body());
        String[] asAna = {"Authorization", "Bearer " + made.getString("token")};
        String job = FarmOfOne.sleepJob().put("manager", FarmOfOne.MANAGER).encode();

        HttpResponse<String> submitted = farm.call("POST", "/api/v1/jobs", job, asAna);

        assertThat(submitted.statusCode()).isEqualTo(201);
        JsonObject stored = new JsonObject(submitted.body());
        assertThat(stored.getString("status_reason")).isNotNull();
        assertThat(stored.getString("user"))
                .isEqualTo(new JsonObject(farm.get("/api/v1/me", asAna).body()).getString("id"));
        assertThat(farm.get("/api/v1/me/tokens", asAna).body())
                .contains("laptop")
                .doesNotContain("flt_");
        assertThat(farm.call("GET", "/api/v1/users", "", asAna).statusCode()).isEqualTo(403);
        String token = "/api/v1/me/tokens/" + made.getString("id");
        assertThat(with(ana, "DELETE", token, new JsonObject()).statusCode()).isEqualTo(204);
        assertThat(farm.call("POST", "/api/v1/jobs", job, asAna).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/backup",
                "/api/v1/backup/",
                "/api/v1//backup",
                "/api/v1/./backup",
                "/api/v1/%62ackup",
                "/api/v1/audit/",
                "/api/v1/users//"
            })
    void another_way_to_write_an_address_opens_no_door(String path) throws Exception {
        assertThat(farm.get(path, NOBODY).statusCode()).isEqualTo(401);
        assertThat(farm.get(path, "Cookie", session("walt", "wrangler")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void an_artist_changes_only_jobs_of_their_own() throws Exception {
        String others = farm.submitSleep();
        String ana = session("ana", "artist");
        JsonObject mine = new JsonObject(
                with(ana, "POST", "/api/v1/jobs", FarmOfOne.sleepJob().put("manager", FarmOfOne.MANAGER))
                        .body());
        String task = farm.taskIds(others).getFirst();

        assertThat(with(ana, "POST", "/api/v1/jobs/" + mine.getString("id") + "/cancel", new JsonObject())
                        .statusCode())
                .isEqualTo(200);
        assertThat(with(ana, "POST", "/api/v1/jobs/" + others + "/cancel", new JsonObject())
                        .statusCode())
                .isEqualTo(403);
        assertThat(with(ana, "POST", "/api/v1/tasks/" + task + "/cancel", new JsonObject())
                        .statusCode())
                .isEqualTo(403);
        assertThat(with(session("wanda", "wrangler"), "POST", "/api/v1/jobs/" + others + "/cancel", new JsonObject())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_artist_changes_only_jobs_of_their_own_over_the_bus_too() throws Exception {
        String others = farm.submitSleep();
        String[] ana = farm.user("ana", "artist");
        JsonObject job = FarmOfOne.sleepJob().put("manager", FarmOfOne.MANAGER);
        String mine = new JsonObject(
                        farm.call("POST", "/api/v1/jobs", job.encode(), ana).body())
                .getString("id");

        JsonObject done = farm.overBus("send", "server.job.cancel", ana[1], new JsonObject().put("job_id", mine));
        JsonObject refused = farm.overBus("send", "server.job.cancel", ana[1], new JsonObject().put("job_id", others));

        assertThat(done.getJsonObject("body").getString("status")).startsWith("cancel");
        assertThat(refused.getInteger("failureCode")).isEqualTo(403);
        assertThat(refused.getString("message")).contains("somebody else's");
        assertThat(farm.overBus("send", "server.task.requeue", ana[1], new JsonObject().put("task_id", others))
                        .getInteger("failureCode"))
                .isEqualTo(404);
        await().untilAsserted(() -> assertThat(
                        farm.get("/api/v1/audit", farm.asUser()).body())
                .contains("\"BUS server.job.cancel\"", "\"BUS server.task.requeue\"", mine, others, "\"api-token\""));
    }

    @Test
    void admins_keep_the_users_and_one_admin_is_always_left() throws Exception {
        String ana = session("ana", "artist");
        String id = new JsonObject(farm.get("/api/v1/me", "Cookie", ana).body()).getString("id");
        String admin = new JsonObject(farm.get("/api/v1/me", farm.asUser()).body()).getString("id");
        HttpResponse<String> read = farm.get("/api/v1/users/" + id, farm.asUser());
        String etag = read.headers().firstValue("etag").orElseThrow();

        assertThat(farm.change("POST", "/api/v1/users", new JsonObject().put("name", "ana"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(farm.change("POST", "/api/v1/users", new JsonObject().put("name", "Ana Lis"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(farm.change("PATCH", "/api/v1/users/" + admin, new JsonObject().put("role", "artist"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(farm.change("DELETE", "/api/v1/users/" + admin, new JsonObject())
                        .statusCode())
                .isEqualTo(409);
        assertThat(farm.change("PATCH", "/api/v1/users/" + id, new JsonObject().put("role", "wrangler"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(farm.call(
                                "PATCH",
                                "/api/v1/users/" + id,
                                "{\"role\":\"admin\"}",
                                farm.asUser()[0],
                                farm.asUser()[1],
                                "If-Match",
                                etag)
                        .statusCode())
                .as("changed since it was read")
                .isEqualTo(412);
        assertThat(farm.change("PATCH", "/api/v1/users/" + id, new JsonObject().put("locked", true))
                        .statusCode())
                .isEqualTo(200);
        assertThat(farm.get("/api/v1/me", "Cookie", ana).statusCode()).isEqualTo(401);
        assertThat(logIn("ana", PASSWORD).statusCode()).isEqualTo(401);
        assertThat(farm.change("DELETE", "/api/v1/users/" + id, new JsonObject())
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void reading_takes_a_log_in_when_the_farm_is_set_up_so() throws Exception {
        farm.restartWith(new JsonObject().put("public_read", false));

        assertThat(farm.get("/api/v1/jobs", NOBODY).statusCode()).isEqualTo(401);
        assertThat(farm.get("/eventbus/info", "User-Agent", "Mozilla/5.0").statusCode())
                .isEqualTo(401);
        assertThat(farm.overBus("register", "server.job.status-changed", "", new JsonObject())
                        .getInteger("failureCode"))
                .isEqualTo(401);
        assertThat(farm.get("/login").statusCode()).isEqualTo(200);
        assertThat(farm.get("/api/v1/jobs", farm.asUser()).statusCode()).isEqualTo(200);
        String viewer = session("vera", "viewer");
        assertThat(farm.get("/api/v1/jobs", "Cookie", viewer).statusCode()).isEqualTo(200);
        assertThat(with(viewer, "POST", "/api/v1/jobs", FarmOfOne.sleepJob()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void logging_out_ends_the_session() throws Exception {
        String ana = session("ana", "viewer");

        HttpResponse<String> out = with(ana, "POST", "/api/v1/logout", new JsonObject());

        assertThat(out.statusCode()).isEqualTo(204);
        assertThat(Optional.of(out.headers().firstValue("set-cookie").orElse("")))
                .hasValueSatisfying(set -> assertThat(set).contains("Max-Age=0"));
        assertThat(farm.get("/api/v1/me", "Cookie", ana).statusCode()).isEqualTo(401);
    }

    @Test
    void a_wrong_token_is_told_what_is_wrong_with_it() throws Exception {
        String[] ana = farm.user("ana", "viewer");
        assertThat(refusal("Bearer xyz")).startsWith("The token is neither this Server's own");
        assertThat(refusal("Bearer flt_xyz")).startsWith("The API token is not known here");
        assertThat(refusal("Digest xyz")).startsWith("There is no token in the header");
        assertThat(new JsonObject(farm.get("/api/v1/users", "Cookie", "flamenco-session=gone")
                                .body())
                        .getString("detail"))
                .isEqualTo("The log-in has ended; log in again.");
        assertThat(new JsonObject(farm.get("/api/v1/users").body()).getString("detail"))
                .startsWith("Log in, or");
        String id = new JsonObject(farm.get("/api/v1/me", ana).body()).getString("id");

        farm.change("PATCH", "/api/v1/users/" + id, new JsonObject().put("locked", true));

        assertThat(refusal(ana[1])).contains("was locked or removed");
    }

    private String refusal(String authorization) throws Exception {
        HttpResponse<String> answer = farm.get("/api/v1/jobs", "Authorization", authorization);
        assertThat(answer.statusCode()).isEqualTo(401);
        return new JsonObject(answer.body()).getString("detail");
    }
}
