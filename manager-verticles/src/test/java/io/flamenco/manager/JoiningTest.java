package io.flamenco.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JoiningTest {

    private final FarmUnderTest farm = new FarmUnderTest();

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void more_registrations_than_one_address_may_make_have_to_wait() {
        int accepted = 0;
        HttpResponse<Buffer> last = register("wrong");
        while (last.statusCode() == 403 && accepted++ < 500) {
            last = register("wrong");
        }

        assertThat(accepted).isEqualTo(120);
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(last.getHeader("Retry-After"))).isBetween(1, 2);

        farm.time.tick(Duration.ofSeconds(2));

        assertThat(register(FarmUnderTest.SECRET).statusCode()).isEqualTo(200);
    }

    @Test
    void an_address_that_guesses_secrets_has_to_wait_but_not_the_workers_there() {
        WorkerUnderTest worker = farm.worker("w", "sleep");
        worker.askForTask();
        int refused = 0;
        while (guess(worker).statusCode() == 401 && refused < 500) {
            refused++;
        }

        assertThat(refused).isEqualTo(120);
        assertThat(guess(worker).getHeader("Retry-After")).isEqualTo("1");
        assertThat(worker.askForTask().statusCode()).isEqualTo(204);

        farm.time.tick(Duration.ofSeconds(2));

        assertThat(guess(worker).statusCode()).isEqualTo(401);
    }

    private HttpResponse<Buffer> guess(WorkerUnderTest worker) {
        return FarmUnderTest.send(
                farm.request(HttpMethod.POST, "/task").basicAuthentication(worker.id.hex(), "a guess"),
                new JsonObject());
    }

    @Test
    void revoked_credentials_are_worth_nothing_from_then_on() {
        WorkerUnderTest worker = farm.worker("w", "sleep");
        var task = SampleTasks.task("sleep");
        farm.download(task);
        worker.takesTask();

        assertThat(revoke(worker).statusCode()).isEqualTo(204);

        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(worker.askForTask().statusCode()).isEqualTo(401));
        assertThat(worker.post("/sign-on", new JsonObject()).statusCode()).isEqualTo(401);
        assertThat(farm.status(task)).isEqualTo("claimed-by-manager");
    }

    @Test
    void a_revoked_worker_with_the_join_secret_comes_back_as_another_one() {
        WorkerUnderTest before = farm.worker("w", "sleep");
        revoke(before);

        WorkerUnderTest again = farm.worker("w", "sleep");

        assertThat(again.id).isNotEqualTo(before.id);
        assertThat(again.askForTask().statusCode()).isEqualTo(204);
    }

    private HttpResponse<Buffer> revoke(WorkerUnderTest worker) {
        return FarmUnderTest.send(
                farm.request(HttpMethod.POST, "/worker-action/" + worker.id)
                        .putHeader("Content-Type", "application/x-www-form-urlencoded")
                        .bearerTokenAuthentication(FarmUnderTest.API_TOKEN),
                "action=revoke-credentials");
    }

    private HttpResponse<Buffer> register(String key) {
        return FarmUnderTest.send(
                farm.request(HttpMethod.POST, "/register-worker").bearerTokenAuthentication(WorkerUnderTest.token(key)),
                new JsonObject()
                        .put("secret", "s")
                        .put("platform", "linux")
                        .put("supported_task_types", new JsonArray().add("sleep"))
                        .put("nickname", "n"));
    }
}
