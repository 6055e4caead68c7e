package io.flamenco.manager.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.login.blocking.KeyFiles;
import io.flamenco.shared.time.TickedTime;
import io.flamenco.shared.trust.CertificateCheck;
import io.flamenco.shared.trust.PeerTrust;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyDownloadVerticleTest {

    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final String MONDAY = "Mon, 23 Nov 2026 08:00:00 GMT";

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final TickedTime time = new TickedTime(Instant.parse("2026-11-22T12:00:00Z"));
    private final SigningServer signer = new SigningServer();
    private final KeyRing ring = new KeyRing();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start_it() {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .await();
        vertx.deployVerticle(new KeyDownloadVerticle(
                        time,
                        URI.create("http://127.0.0.1:" + server.actualPort()),
                        INTERVAL,
                        CertificateCheck.of(PeerTrust.usual(ManagerConfig.SERVER)),
                        new KeyFiles(directory),
                        ring))
                .await();
    }

    @AfterEach
    void end() {
        vertx.close().await();
    }

    private void answer(HttpServerRequest request) {
        asked.add(Objects.requireNonNullElse(request.getHeader("If-Modified-Since"), "at all"));
        request.response()
                .putHeader("Last-Modified", MONDAY)
                .setStatusCode(asked.size() == 1 ? 500 : 200)
                .end(signer.publicPem());
    }

    /** Lets time pass, and the download that falls due come to its end. */
    private void tick(Duration duration) {
        time.tick(duration);
        await().until(() -> time.waiting() == 1);
    }

    @Test
    void keys_are_downloaded_again_and_again_and_only_when_they_are_newer_than_those_known() {
        tick(Duration.ZERO);
        assertThat(ring.trusted().keys()).isEmpty();

        tick(INTERVAL);
        assertThat(ring.trusted()).isEqualTo(signer.trusted());

        tick(INTERVAL);
        assertThat(asked).containsExactly("at all", "at all", MONDAY);
    }
}
