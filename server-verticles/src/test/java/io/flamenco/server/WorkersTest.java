package io.flamenco.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.ServerFacts.WorkerStatusChanged;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two Managers, played by the test, tell of their Workers. */
class WorkersTest {

    private static final String ANA = "5c0100000000000000000a01";
    private static final String BEN = "5c0100000000000000000b01";

    private final FarmOfOne farm;

    WorkersTest(@TempDir Path data) throws Exception {
        this.farm = FarmOfOne.in(data);
    }

    @AfterEach
    void close() throws Exception {
        farm.close();
    }

    private JsonObject told(String manager, String secret, JsonObject report) throws Exception {
        HttpResponse<String> answer = farm.call(
                "POST",
                "/api/flamenco/managers/" + manager + "/worker-reports",
                report.encode(),
                "Authorization",
                FarmOfOne.basic(secret));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private JsonObject first(JsonObject report) throws Exception {
        return told(FarmOfOne.MANAGER, FarmOfOne.SECRET, report);
    }

    private JsonObject second(JsonObject report) throws Exception {
        return told(FarmOfOne.OTHER_MANAGER, FarmOfOne.OTHER_SECRET, report);
    }

    private static JsonObject report(JsonObject... workers) {
        return new JsonObject().put("workers", new JsonArray(List.of(workers)));
    }

    private static JsonObject worker(String id, String nickname, String status) {
        return new JsonObject()
                .put("id", id)
                .put("nickname", nickname)
                .put("status", status)
                .put("supported_task_types", new JsonArray().add("sleep"));
    }

    private List<JsonObject> listed(String query) throws Exception {
        return farm.json("/api/v1/workers" + query).getJsonArray("workers").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private HttpResponse<String> request(String worker, String status) throws Exception {
        return farm.change(
                "POST", "/api/v1/workers/" + worker + "/request-status", new JsonObject().put("status", status));
    }

    private JsonObject lastOrder(String worker) throws Exception {
        return farm.json("/api/v1/workers/" + worker).getJsonArray("orders").getJsonObject(0);
    }

    private static JsonObject outcome(String order, boolean accepted) {
        JsonObject outcome = new JsonObject()
                .put("id", order)
                .put("accepted", accepted)
                .put("message", accepted ? "" : "It is tired.");
        return new JsonObject().put("outcomes", new JsonArray().add(outcome));
    }

    @Test
    void workers_of_all_managers_are_in_one_list() throws Exception {
        first(report(worker(ANA, "ana", "awake")));
        second(report(worker(BEN, "ben", "asleep")));

        assertThat(listed("")).extracting(one -> one.getString("nickname")).containsExactly("ana", "ben");
        assertThat(listed("").getFirst().getString("manager")).isEqualTo(FarmOfOne.MANAGER);
        assertThat(listed("").getFirst().getString("manager_name")).isEqualTo("Manager 2");
        assertThat(listed("").getFirst().getBoolean("manager_silent")).isFalse();
        assertThat(listed("?status=asleep")).hasSize(1);
        assertThat(listed("?manager=" + FarmOfOne.MANAGER)).hasSize(1);
        JsonObject page = farm.json("/api/v1/workers?limit=1");
        assertThat(listed("?limit=1&cursor=" + page.getString("next")))
                .extracting(one -> one.getString("nickname"))
                .containsExactly("ben");
        first(new JsonObject());
        assertThat(listed("")).as("nothing changed").hasSize(2);
        first(report());
        assertThat(listed("")).hasSize(1);
        farm.restart();
        assertThat(listed("")).hasSize(1);
    }

    @Test
    void what_is_wanted_of_a_worker_reaches_its_own_manager_with_its_own_call() throws Exception {
        first(report(worker(ANA, "ana", "awake")));
        second(report(worker(BEN, "ben", "awake")));

        HttpResponse<String> asked = request(ANA, "asleep");

        assertThat(asked.statusCode()).isEqualTo(202);
        String id = new JsonObject(asked.body()).getString("id");
        assertThat(new JsonObject(request(ANA, "asleep").body()).getString("id"))
                .as("the same wish is the same order")
                .isEqualTo(id);
        assertThat(second(new JsonObject()).getJsonArray("orders")).isEmpty();
        JsonObject order = first(new JsonObject()).getJsonArray("orders").getJsonObject(0);
        assertThat(order)
                .isEqualTo(new JsonObject()
                        .put("id", id)
                        .put("worker", ANA)
                        .put("status", "asleep")
                        .put("lazy", false));
        farm.restart();
        assertThat(first(new JsonObject()).getJsonArray("orders"))
                .as("until it is acknowledged")
                .hasSize(1);
        second(outcome(id, true));
        assertThat(lastOrder(ANA).getString("state"))
                .as("another Manager cannot acknowledge it")
                .isEqualTo("waiting");
        assertThat(first(outcome(id, true)).getJsonArray("orders")).isEmpty();
        assertThat(lastOrder(ANA).getString("state")).isEqualTo("accepted");
        first(outcome(id, false));
        assertThat(lastOrder(ANA).getString("state"))
                .as("what was acknowledged stays")
                .isEqualTo("accepted");
    }

    @Test
    void another_wish_replaces_one_that_nobody_has_fetched() throws Exception {
        first(report(worker(ANA, "ana", "awake")));
        request(ANA, "asleep");

        String id = new JsonObject(request(ANA, "shutdown").body()).getString("id");

        assertThat(first(new JsonObject()).getJsonArray("orders").stream()
                        .map(one -> ((JsonObject) one).getString("id")))
                .containsExactly(id);
        first(outcome(id, false));
        assertThat(lastOrder(ANA).getString("message")).isEqualTo("It is tired.");
    }

    @Test
    void what_cannot_be_is_refused() throws Exception {
        first(report(worker(ANA, "ana", "awake")));

        assertThat(request(BEN, "asleep").statusCode()).isEqualTo(404);
        assertThat(request(ANA, "tired").statusCode()).isEqualTo(422);
        assertThat(farm.get("/api/v1/workers?status=tired").statusCode()).isEqualTo(400);
        assertThat(farm.call("POST", "/api/flamenco/managers/" + FarmOfOne.MANAGER + "/worker-reports", "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(farm.asManager(
                                "POST",
                                "/api/flamenco/managers/" + FarmOfOne.MANAGER + "/worker-reports",
                                "{\"workers\":1}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(farm.asManager("GET", "/api/flamenco/managers/" + FarmOfOne.MANAGER, "")
                        .headers()
                        .firstValue("x-flamenco-capabilities"))
                .contains("worker-reports, pictures, news");
    }

    @Test
    void changes_are_told_on_the_bus() throws Exception {
        List<WorkerStatusChanged> heard = new CopyOnWriteArrayList<>();
        new FarmBus(farm.vertx()).hear(Addresses.SERVER_WORKER_STATUS_CHANGED, heard::add);

        first(report(worker(ANA, "ana", "awake")));
        first(report(worker(ANA, "ana", "awake")));
        first(report(worker(ANA, "ana", "asleep")));
        first(report());

        await().untilAsserted(() -> assertThat(heard)
                .extracting(fact -> fact.oldStatus() + ">" + fact.status())
                .containsExactly(">awake", "awake>asleep", "asleep>"));
    }

    @Test
    void many_workers_get_an_order_with_one_request() throws Exception {
        first(report(worker(ANA, "ana", "awake")));
        second(report(worker(BEN, "ben", "awake")));

        JsonObject answer = new JsonObject(
                orderMany("asleep", ANA, BEN, "5c0100000000000000000c01").body());

        assertThat(answer.getInteger("done")).isEqualTo(2);
        assertThat(answer.getInteger("refused")).isEqualTo(1);
        assertThat(lastOrder(ANA).getString("status")).isEqualTo("asleep");
        assertThat(lastOrder(BEN).getBoolean("lazy")).isTrue();
        assertThat(orderMany("happy", ANA).statusCode()).isEqualTo(422);
    }

    private HttpResponse<String> orderMany(String status, String... workers) throws Exception {
        JsonObject body =
                new JsonObject().put("action", status).put("lazy", true).put("ids", new JsonArray(List.of(workers)));
        return farm.change("POST", "/api/v1/workers/bulk", body);
    }
}
