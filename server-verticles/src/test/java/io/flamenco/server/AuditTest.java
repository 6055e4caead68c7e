package io.flamenco.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.shared.id.ObjectIds;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {

    private final FarmOfOne farm;

    AuditTest(@TempDir Path data) throws Exception {
        this.farm = FarmOfOne.in(data);
    }

    @AfterEach
    void close() throws Exception {
        farm.close();
    }

    private List<JsonObject> entries(String query) throws Exception {
        JsonObject page = new JsonObject(
                farm.get("/api/v1/audit?limit=1000" + query, farm.asUser()).body());
        return page.getJsonArray("entries").stream().map(JsonObject.class::cast).toList();
    }

    private JsonObject only(String query) throws Exception {
        await().untilAsserted(() -> assertThat(entries(query)).hasSize(1));
        return entries(query).getFirst();
    }

    @Test
    void it_is_known_who_changed_what_from_where() throws Exception {
        String[] ana = farm.user("ana", "wrangler");
        String job = farm.submitSleep();

        HttpResponse<String> done = farm.call("PATCH", "/api/v1/jobs/" + job, "{\"priority\": 70}", ana);

        JsonObject entry = only("&user=ana&thing=" + job);
        assertThat(entry.getString("operation")).isEqualTo("PATCH /api/v1/jobs/{id}");
        assertThat(entry.getJsonObject("said")).isEqualTo(new JsonObject().put("priority", 70));
        assertThat(entry.getString("request_id"))
                .isEqualTo(done.headers().firstValue("x-request-id").orElseThrow());
        assertThat(entry.getString("from")).isEqualTo("127.0.0.1");
        assertThat(entry.getString("means")).isEqualTo("api-token");
        assertThat(entry.getInteger("status")).isEqualTo(200);
        farm.call("POST", "/api/v1/users", "{\"name\":\"ben\"}", ana);
        await().untilAsserted(() -> assertThat(entries("&user=ana").getFirst().getInteger("status"))
                .as("what was refused is remembered, too")
                .isEqualTo(403));
    }

    @Test
    void secrets_and_what_strangers_try_are_not_kept() throws Exception {
        farm.logIn("admin", "no such password");
        farm.call("POST", "/api/v1/jobs", "{}");
        farm.get(
                "/api/flamenco/jwt/generate-token/" + FarmOfOne.MANAGER,
                farm.asUser()); // comes last, so that all before it is written

        await().untilAsserted(() -> assertThat(entries("")).hasSize(2));
        assertThat(entries("").toString()).doesNotContain("no such password");
        assertThat(entries("").getLast().getString("operation")).isEqualTo("POST /api/v1/login");
        assertThat(entries("").getFirst().getString("thing")).isEqualTo(FarmOfOne.MANAGER);
    }

    @Test
    void linking_a_manager_is_remembered() throws Exception {
        farm.call(
                "POST",
                "/api/flamenco/managers/link/exchange",
                new JsonObject().put("key", "00112233445566778899aabbccddeeff").encode());

        await().untilAsserted(() -> assertThat(entries("")).hasSize(1));
        assertThat(entries("").getFirst().getJsonObject("said").getString("key"))
                .isEqualTo("(not kept)");
    }

    @Test
    void entries_come_in_pages() throws Exception {
        for (int i = 0; i < 3; i++) {
            farm.change("POST", "/api/v1/jobs/" + ObjectIds.next() + "/cancel", new JsonObject());
        }
        await().untilAsserted(() -> assertThat(entries("")).hasSize(3));

        JsonObject first =
                new JsonObject(farm.get("/api/v1/audit?limit=2", farm.asUser()).body());
        JsonObject second =
                new JsonObject(farm.get("/api/v1/audit?limit=2&cursor=" + first.getString("next"), farm.asUser())
                        .body());

        assertThat(first.getJsonArray("entries")).hasSize(2);
        assertThat(second.getJsonArray("entries")).hasSize(1);
        assertThat(second.getString("next")).isNull();
        assertThat(farm.get("/api/v1/audit").statusCode()).isEqualTo(401);
    }
}
