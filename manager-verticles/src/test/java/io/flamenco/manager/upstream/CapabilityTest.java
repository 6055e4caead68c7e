package io.flamenco.manager.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.time.TickedTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CapabilityTest {

    private final Vertx vertx = Vertx.vertx();
    private final TickedTime time = new TickedTime(Instant.parse("2026-11-22T12:00:00Z"));
    private final FakeServer server = new FakeServer(vertx);
    private final Capability news = new Capability(new ServerClient(vertx, server.link()), time, "news");
    private Future<?> outcome = Future.succeededFuture();
    private int calls;

    @AfterEach
    void end() {
        vertx.close().await();
    }

    private void serverTakes(String capabilities) {
        server.onPath(
                "/api/flamenco/managers/" + FakeServer.MANAGER,
                request -> request.response()
                        .putHeader("X-Flamenco-Capabilities", capabilities)
                        .end("{}"));
    }

    private int questions() {
        return server.requests().size();
    }

    /** That often, after so much time. */
    private void use(int times, Duration after) {
        time.tick(after);
        for (int look = 0; look < times; look++) {
            news.use(() -> {
                        calls++;
                        return outcome;
                    })
                    .await();
        }
    }

    @Test
    void an_original_server_is_asked_every_few_minutes_and_never_called() {
        serverTakes("");

        use(3, Duration.ZERO);
        use(3, Duration.ofMinutes(4));
        assertThat(questions()).isEqualTo(1);

        use(3, Duration.ofMinutes(1));
        assertThat(questions()).isEqualTo(2);
        assertThat(calls).isZero();
    }

    @Test
    void a_server_of_ours_is_asked_once_and_called_from_then_on() {
        serverTakes("pictures, news");

        use(4, Duration.ZERO);

        assertThat(questions()).isEqualTo(1);
        assertThat(calls).isEqualTo(3);
    }

    @Test
    void after_a_failure_the_server_is_left_alone_for_a_moment() {
        serverTakes("news");
        outcome = Future.failedFuture(new HttpFailure(503, "away"));

        use(3, Duration.ZERO);
        use(1, Duration.ofSeconds(9));
        assertThat(calls).isEqualTo(1);

        use(1, Duration.ofSeconds(1));
        assertThat(calls).isEqualTo(2);
        assertThat(questions()).isEqualTo(1);
    }

    @Test
    void a_server_that_does_not_know_the_call_any_more_is_asked_again() {
        serverTakes("news");
        outcome = Future.failedFuture(new HttpFailure(404, "replaced by an original one"));

        use(2, Duration.ZERO);
        serverTakes("");
        use(2, Duration.ofSeconds(10));

        assertThat(calls).isEqualTo(1);
        assertThat(questions()).isEqualTo(2);
    }
}
