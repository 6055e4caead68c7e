package io.flamenco.manager.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.FarmUnderTest;
import io.flamenco.manager.WorkerUnderTest;
import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.manager.workers.WorkerOrders.ListWorkers;
import io.flamenco.manager.workers.WorkerOrders.WorkerView;
import io.flamenco.shared.id.WorkerId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkerActionRoutesTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final FarmUnderTest farm = new FarmUnderTest();
    private final HttpFixture http = new HttpFixture(farm.vertx);
    private final WebClient client = WebClient.create(farm.vertx);

    @BeforeEach
    void start() {
        http.serve(vertx -> new WorkerActionRoutes(http.bus, new BearerGate(HttpFixture.TOKEN)));
    }

    @AfterEach
    void end() {
        farm.close();
    }

    @Test
    void nothing_is_done_without_the_token() {
        WorkerUnderTest worker = farm.worker("w", "sleep");

        HttpResponse<Buffer> action = client.post(http.port(), "localhost", "/worker-action/" + worker.id)
                .putHeader("Content-Type", FORM)
                .sendBuffer(Buffer.buffer("action=forget-worker"))
                .await();
        HttpResponse<Buffer> schedule = client.post(http.port(), "localhost", "/set-sleep-schedule/" + worker.id)
                .putHeader("Content-Type", "application/json")
                .sendBuffer(Buffer.buffer("{\"schedule_active\":true}"))
                .await();

        assertThat(action.statusCode()).isEqualTo(401);
        assertThat(schedule.statusCode()).isEqualTo(401);
        assertThat(view(worker).sleepTimes().active()).isFalse();
    }

    @Test
    void worker_is_asked_to_sleep_lazily_or_at_once() {
        WorkerUnderTest worker = farm.worker("w", "sleep");

        assertThat(act(worker.id, "action=set-status&status=asleep&lazy=true").statusCode())
                .isEqualTo(204);
        assertThat(view(worker).statusRequested()).isEqualTo("asleep");
        assertThat(view(worker).lazyStatusRequest()).isTrue();

        assertThat(act(worker.id, "action=shutdown").statusCode()).isEqualTo(204);
        assertThat(view(worker).statusRequested()).isEqualTo("shutdown");
        assertThat(view(worker).lazyStatusRequest()).isFalse();
    }

    @Test
    void fields_may_stand_in_the_query_too() {
        WorkerUnderTest worker = farm.worker("w", "sleep");

        HttpResponse<Buffer> response =
                post("/worker-action/" + worker.id + "?action=set-status&status=asleep", FORM, "");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(view(worker).statusRequested()).isEqualTo("asleep");
    }

    @Test
    void what_cannot_be_done_is_refused_with_the_reason() {
        WorkerUnderTest worker = farm.worker("w", "sleep");

        assertThat(act(worker.id, "action=set-status&status=timeout").statusCode())
                .isEqualTo(400);
        assertThat(act(worker.id, "action=ack-timeout").statusCode()).isEqualTo(400);
        assertThat(act(worker.id, "action=dance").bodyAsString()).contains("Invalid action");
        assertThat(act(worker.id, "action=forget-blacklist-line&job_id=x&task_type=sleep")
                        .statusCode())
                .isEqualTo(400);
        assertThat(act(WorkerId.next(), "action=forget-worker").statusCode()).isEqualTo(404);
        assertThat(post("/worker-action/nonsense", FORM, "action=shutdown").statusCode())
                .isEqualTo(400);
        assertThat(post("/worker-action/" + worker.id, FORM, "x".repeat(20_000)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void forgotten_worker_is_gone() {
        WorkerUnderTest worker = farm.worker("w", "sleep");

        assertThat(act(worker.id, "action=forget-worker").statusCode()).isEqualTo(204);

        assertThat(farm.ask(WorkerOrders.LIST_WORKERS, new ListWorkers()).workers())
                .isEmpty();
    }

    @Test
    void sleep_schedule_is_set_and_cleared() {
        WorkerUnderTest worker = farm.worker("w", "sleep");

        HttpResponse<Buffer> set = post("/set-sleep-schedule/" + worker.id, "application/json; charset=utf-8", """
                {"schedule_active":true,"days_of_week":" Mo   TU we ","time_start":"9:00","time_end":"18:00"}""");

        assertThat(set.statusCode()).isEqualTo(204);
        assertThat(view(worker).sleepTimes().active()).isTrue();
        assertThat(view(worker).sleepTimes().daysOfWeek()).isEqualTo("mo tu we");
        assertThat(view(worker).sleepTimes().end()).isEqualTo("18:00");

        assertThat(post("/set-sleep-schedule/" + worker.id, "application/json", "{}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(view(worker).sleepTimes().active()).isFalse();
    }

    @Test
    void schedule_that_is_no_json_or_makes_no_sense_is_refused() {
        WorkerUnderTest worker = farm.worker("w", "sleep");
        String path = "/set-sleep-schedule/" + worker.id;

        assertThat(post(path, "text/plain", "{}").statusCode()).isEqualTo(406);
        assertThat(post(path, "application/json", "{").statusCode()).isEqualTo(400);
        assertThat(post(path, "application/json", "{\"schedule_active\":true,\"time_start\":\"99:99\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("/set-sleep-schedule/" + WorkerId.next(), "application/json", "{}")
                        .statusCode())
                .isEqualTo(404);
    }

    private HttpResponse<Buffer> act(WorkerId worker, String form) {
        return post("/worker-action/" + worker, FORM, form);
    }

    private HttpResponse<Buffer> post(String path, String type, String body) {
        HttpRequest<Buffer> request =
                client.request(HttpMethod.POST, http.port(), "localhost", path).putHeader("Content-Type", type);
        HttpFixture.WITH_TOKEN.forEach(request::putHeader);
        return request.sendBuffer(Buffer.buffer(body)).await();
    }

    private WorkerView view(WorkerUnderTest worker) {
        return farm.ask(WorkerOrders.LIST_WORKERS, new ListWorkers()).workers().stream()
                .filter(view -> view.workerId().equals(worker.id))
                .findFirst()
                .orElseThrow();
    }
}
