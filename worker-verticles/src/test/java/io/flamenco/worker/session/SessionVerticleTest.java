package io.flamenco.worker.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.time.TickedTime;
import io.flamenco.worker.FakeManager;
import io.flamenco.worker.FakeManager.Answer;
import io.flamenco.worker.bus.WorkerAddresses;
import io.flamenco.worker.bus.WorkerMessages;
import io.flamenco.worker.bus.WorkerMessages.State;
import io.flamenco.worker.manager.ManagerClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionVerticleTest {

    private final Vertx vertx = Vertx.vertx();
    private final TickedTime time = new TickedTime(Instant.parse("2026-11-22T00:00:00Z"));
    private final WorkerAddresses addresses = new WorkerAddresses("test");
    private final FarmBus bus = new FarmBus(vertx);
    private FakeManager manager;
    private Path here;

    @BeforeEach
    void startManager(@TempDir Path temporary) throws Exception {
        here = temporary;
        manager = FakeManager.start(vertx);
    }

    @AfterEach
    void close() throws Exception {
        done(vertx.close());
    }

    @Test
    void catalogue_14_a_sleeping_worker_asks_for_another_status_every_half_minute() throws Exception {
        deploy();
        reaches(State.AWAKE);
        request("sleep");
        reaches(State.ASLEEP);
        assertThat(manager.calls("GET /status-change")).isEmpty();

        time.tick(Duration.ofSeconds(30));
        await().until(() -> manager.calls("GET /status-change").size() == 1);
        manager.next("GET /status-change", Answer.of(500), Answer.of(200, "no JSON"))
                .next("GET /status-change", Answer.of(200, "{\"status_requested\": \"awake\"}"));

        await().until(() -> {
            time.tick(Duration.ofSeconds(30));
            return state() == State.AWAKE;
        });
        await().until(() -> manager.calls("POST /ack-status-change/awake").size() == 1);
        assertThat(manager.calls("POST /ack-status-change/asleep")).hasSize(1);
    }

    @Test
    void a_worker_in_error_tries_again_after_ten_minutes() throws Exception {
        deploy();
        reaches(State.AWAKE);
        request("error");
        reaches(State.ERROR);

        time.tick(Duration.ofMinutes(9));
        assertThat(state()).isEqualTo(State.ERROR);
        time.tick(Duration.ofMinutes(1));

        reaches(State.AWAKE);
    }

    @Test
    void a_worker_in_error_can_be_shut_down_by_its_manager() throws Exception {
        deploy();
        reaches(State.AWAKE);
        request("error");
        manager.always("GET /status-change", Answer.of(200, "{\"status_requested\": \"shutdown\"}"));

        time.tick(Duration.ofSeconds(30));

        reaches(State.SHUTTING_DOWN);
        assertThat(manager.calls("POST /ack-status-change/shutdown")).isEmpty();
    }

    @Test
    void catalogue_3_registering_is_tried_again_and_nothing_is_stored_before_it_succeeds() throws Exception {
        manager.always("POST /register-worker", Answer.of(500));
        deploy();
        await().until(() -> manager.calls("POST /register-worker").size() == 1);
        assertThat(here.resolve("credentials.yaml")).doesNotExist();

        await().until(() -> {
            time.tick(Duration.ofSeconds(1));
            return manager.calls("POST /register-worker").size() >= 3;
        });
        manager.always("POST /register-worker", Answer.of(200, "{\"_id\": \"5b5b5b5b5b5b5b5b5b5b5b5b\"}"));

        await().until(() -> {
            time.tick(Duration.ofSeconds(30));
            return state() == State.AWAKE;
        });
        assertThat(here.resolve("credentials.yaml")).exists();
    }

    @Test
    void a_manager_that_refuses_calls_while_it_cannot_register_anybody_is_not_asked_more_often_for_that()
            throws Exception {
        // Given
        manager.always("POST /register-worker", Answer.of(500));
        deploy();
        int attempts = 1;
        for (int pause : List.of(1, 2, 5, 10)) {
            awaitAttempts(attempts++);
            time.tick(Duration.ofSeconds(pause));
        }
        awaitAttempts(attempts);

        // When
        for (int refusal = 0; refusal < 3; refusal++) {
            bus.tell(addresses.credentialsRefused(), new WorkerMessages.CredentialsRefused());
            state();
        }

        // Then
        time.tick(Duration.ofSeconds(30));
        awaitAttempts(attempts + 1);
        assertThat(time.waiting()).as("one next attempt").isEqualTo(1);
        assertThat(manager.calls("POST /register-worker")).hasSize(attempts + 1);
    }

    /** So many have been made, and the next one is planned. */
    private void awaitAttempts(int count) {
        await().until(() -> manager.calls("POST /register-worker").size() == count && time.waiting() == 1);
    }

    @Test
    void an_answer_without_an_id_is_no_registration() throws Exception {
        manager.next("POST /register-worker", Answer.of(200, "[]"), Answer.of(200, "{\"_id\": \"\"}"));
        deploy();

        await().until(() -> {
            time.tick(Duration.ofSeconds(30));
            return state() == State.AWAKE;
        });
        assertThat(manager.calls("POST /register-worker")).hasSize(3);
    }

    private void request(String status) throws Exception {
        done(bus.ask(addresses.requestStatus(), new WorkerMessages.StatusRequested(status)));
    }

    private void reaches(State wanted) {
        await().until(() -> state() == wanted);
    }

    private State state() throws Exception {
        return done(bus.ask(addresses.state(), new WorkerMessages.StateAsked())).state();
    }

    private void deploy() throws Exception {
        ManagerClient client = new ManagerClient(vertx, manager.url(), time);
        CredentialsFile file = new CredentialsFile(vertx, here.resolve("credentials.yaml"));
        Introduction introduction = new Introduction("linux", List.of("sleep"), "rosette", Optional.empty());
        done(vertx.deployVerticle(new SessionVerticle(bus, addresses, time, client, file, introduction, false)));
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
