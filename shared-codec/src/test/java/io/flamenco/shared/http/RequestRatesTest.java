package io.flamenco.shared.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.shared.time.TickedTime;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits on who asks, and on who only connects. */
class RequestRatesTest {

    private final TickedTime time = new TickedTime(Instant.parse("2026-11-22T08:00:00Z"));
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private final NetClient sockets = vertx.createNetClient();

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void serve() {
        Router router = Router.router(vertx);
        router.route().handler(new RequestRates(time, 2, 5));
        router.route().handler(context -> context.end("done"));
        router.errorHandler(429, new ProblemJson(router));
        server = vertx.createHttpServer(ConnectionLimit.counting(new HttpServerOptions()))
                .requestHandler(router)
                .connectionHandler(new ConnectionLimit(3))
                .listen(0, "127.0.0.1")
                .await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private int status(String header, String proof) {
        return client.request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
                .compose(request -> request.putHeader(header, proof)
                        .send()
                        .compose(answer -> answer.end().map(answer.statusCode())))
                .await();
    }

    private int granted(String header, String proof) {
        int granted = 0;
        while (granted < 100 && status(header, proof) == 200) {
            granted++;
        }
        return granted;
    }

    @Test
    void each_credential_may_ask_so_often_and_more_as_time_passes() {
        assertThat(granted("Authorization", "Bearer one")).isEqualTo(8);
        assertThat(granted("Cookie", "session=two")).isEqualTo(8);

        time.tick(Duration.ofSeconds(1));

        assertThat(granted("Authorization", "Bearer one")).isEqualTo(2);
    }

    @Test
    void one_address_may_not_ask_more_often_with_many_credentials() {
        int granted = 0;
        while (granted < 100 && status("Authorization", "Bearer " + granted) == 200) {
            granted++;
        }

        assertThat(granted).isEqualTo(20);
    }

    @Test
    void connections_beyond_the_limit_are_closed_and_those_that_end_make_room() {
        List<NetSocket> kept = Stream.generate(
                        () -> sockets.connect(server.actualPort(), "127.0.0.1").await())
                .limit(3)
                .toList();
        AtomicInteger closed = new AtomicInteger();

        vertx.getOrCreateContext()
                .runOnContext(there -> sockets.connect(server.actualPort(), "127.0.0.1")
                        .onSuccess(socket -> socket.closeHandler(end -> closed.incrementAndGet())));

        Awaitility.await().until(() -> closed.get() == 1);
        kept.getFirst().close().await();
        // Until the server has heard of that end, too, it closes the connection of whoever asks.
        Awaitility.await().ignoreExceptions().until(() -> status("Cookie", "any") == 200);
    }
}
