package io.flamenco.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.manager.workers.WorkerOrders.SleepTimes;
import io.flamenco.manager.workers.WorkerOrders.WorkerView;
import io.flamenco.shared.id.TaskId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerActionsTest {

    private final FarmUnderTest farm = new FarmUnderTest();
    private final WorkerUnderTest worker = farm.worker("Zoë at Home", "test-blender-render", "sleep");

    @AfterEach
    void close() {
        farm.close();
    }

    private HttpResponse<Buffer> act(String worker, String form) {
        return FarmUnderTest.send(request("/worker-action/" + worker), form);
    }

    private HttpRequest<Buffer> request(String path) {
        return farm.request(HttpMethod.POST, path).bearerTokenAuthentication(FarmUnderTest.API_TOKEN);
    }

    private Optional<WorkerView> view() {
        return farm.ask(WorkerOrders.LIST_WORKERS, new WorkerOrders.ListWorkers()).workers().stream()
                .filter(view -> view.workerId().equals(worker.id))
                .findFirst();
    }

    @Test
    void nobody_acts_without_the_token() {
        HttpResponse<Buffer> response =
                FarmUnderTest.send(farm.request(HttpMethod.POST, "/worker-action/" + worker.id), "action=shutdown");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(view().orElseThrow().statusRequested()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "action=set-status&status=asleep&lazy=true | 204 | ''",
                "action=shutdown | 204 | ''",
                "action=set-status&status=offline | 400 | RequestStatusChange(\"offline\"): status cannot be requested",
                "action=dance | 400 | Invalid action",
                "lazy=true | 400 | Invalid action",
                "action=ack-timeout | 400 | Worker status is not \"timeout\"",
                "action=send-test-job | 400 | worker is in status 'starting', test jobs only work in status 'testing'",
                "action=forget-worker | 204 | ''"
            })
    void actions_have_the_statuses_and_reasons_of_the_original(String form, int status, String text) {
        HttpResponse<Buffer> response = act(worker.id.hex(), form);

        assertThat(response.statusCode()).isEqualTo(status);
        if (status >= 400) {
            assertThat(response.bodyAsJsonObject().getString("detail")).contains(text);
        }
    }

    @Test
    void a_worker_that_is_none_is_not_found() {
        assertThat(act("nope", "action=shutdown").statusCode()).isEqualTo(400);
        assertThat(act("5c0165dc494ba92dc0552aff", "action=shutdown").statusCode())
                .isEqualTo(404);
    }

    @Test
    void what_is_lazy_is_kept_and_the_fields_may_stand_in_the_query() {
        HttpResponse<Buffer> response = FarmUnderTest.send(
                request("/worker-action/" + worker.id + "?action=set-status&status=asleep&lazy=true"), "");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(view().orElseThrow().statusRequested()).isEqualTo("asleep");
        assertThat(view().orElseThrow().lazyStatusRequest()).isTrue();
    }

    @Test
    void a_test_job_goes_to_its_worker_only_and_the_server_never_hears_of_it() {
        WorkerUnderTest other = farm.worker("other", "test-blender-render");
        worker.post("/ack-status-change/testing");

        HttpResponse<Buffer> response = act(worker.id.hex(), "action=send-test-job");

        assertThat(response.bodyAsString()).isEqualTo("Queued: test-blender-render");
        Path storage = farm.testFiles.resolve("storage").resolve("zoe-at-home-" + worker.id);
        assertThat(storage.resolve("test.blend")).isNotEmptyFile();
        assertThat(Files.isDirectory(farm.testFiles.resolve("render"))).isTrue();
        assertThat(other.askForTask().statusCode()).isEqualTo(204);
        JsonObject task = worker.askForTask().bodyAsJsonObject();
        JsonObject settings = task.getJsonArray("commands").getJsonObject(0).getJsonObject("settings");
        assertThat(settings.getString("filepath"))
                .isEqualTo(storage.resolve("test.blend").toString());
        assertThat(settings.getString("blender_cmd")).isEqualTo("/opt/myblenderbuild/blender");
        worker.reports(new TaskId(task.getString("_id")), "completed");
        assertThat(farm.pending()).isEmpty();
        assertThat(view().orElseThrow().status()).isEqualTo("testing");
    }

    @Test
    void sleep_schedules_are_stored_as_given_and_nonsense_is_refused() {
        String path = "/set-sleep-schedule/" + worker.id;
        HttpRequest<Buffer> json = request(path).putHeader("Content-Type", "application/json");

        assertThat(FarmUnderTest.send(request(path), "{}").statusCode()).isEqualTo(406);
        assertThat(FarmUnderTest.send(json, "{nope").statusCode()).isEqualTo(400);
        assertThat(FarmUnderTest.send(json, "{\"time_start\":\"99:99\"}").statusCode())
                .isEqualTo(400);
        assertThat(FarmUnderTest.send(
                                json,
                                "{\"schedule_active\":true,\"days_of_week\":\" Mo   TU\",\"time_start\":\"09:00\"}")
                        .statusCode())
                .isEqualTo(204);
        SleepTimes full = view().orElseThrow().sleepTimes();
        assertThat(full.daysOfWeek()).isEqualTo("mo tu");
        assertThat(full.start()).isEqualTo("09:00");
        assertThat(FarmUnderTest.send(json, "{}").statusCode()).isEqualTo(204);
        assertThat(view().orElseThrow().sleepTimes().active()).isFalse();
    }
}
