package io.flamenco.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.worker.FakeManager.Answer;
import io.flamenco.worker.manager.Credentials;
import io.flamenco.worker.manager.ManagerAnswer;
import io.flamenco.worker.manager.ManagerClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stand-in that our tests rely on. */
class FakeManagerTest {

    private final Vertx vertx = Vertx.vertx();
    private FakeManager manager;
    private ManagerClient client;

    @BeforeEach
    void start() throws Exception {
        manager = FakeManager.start(vertx);
        client = new ManagerClient(vertx, manager.url(), Clock.systemUTC());
        client.use(new Credentials("id", "geheim"));
    }

    @AfterEach
    void close() throws Exception {
        done(vertx.close());
    }

    @Test
    void catalogue_102_it_answers_as_it_was_told_once_for_each_and_as_usual_after_that() throws Exception {
        manager.next("GET /status-change", Answer.of(500), Answer.of(200, "{}"));

        assertThat(status(client.statusChange())).isEqualTo(500);
        assertThat(status(client.signOff())).isEqualTo(204);
        assertThat(status(client.statusChange())).isEqualTo(200);
        assertThat(status(client.statusChange())).isEqualTo(204);
        manager.always("GET /status-change", Answer.of(404));
        assertThat(status(client.statusChange())).isEqualTo(404);
        assertThat(status(client.statusChange())).isEqualTo(404);
    }

    @Test
    void catalogue_103_it_remembers_its_calls_in_order_with_their_credentials() throws Exception {
        done(client.acknowledge("asleep"));
        done(client.statusChange());

        assertThat(manager.lines()).containsExactly("POST /ack-status-change/asleep", "GET /status-change");
        assertThat(manager.calls("GET /status-change"))
                .singleElement()
                .satisfies(call -> assertThat(call.authorization()).contains("Basic aWQ6Z2VoZWlt"));
    }

    private static int status(Future<ManagerAnswer> answer) throws Exception {
        return done(answer).status();
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
