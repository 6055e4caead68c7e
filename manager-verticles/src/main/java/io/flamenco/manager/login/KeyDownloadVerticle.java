package io.flamenco.manager.login;

import io.flamenco.manager.login.blocking.KeyFiles;
import io.flamenco.shared.time.Timers;
import io.flamenco.shared.trust.CertificateCheck;
import io.flamenco.shared.trust.UntrustedCertificate;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the keys that are trusted up to date with those of the Server. */
public final class KeyDownloadVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(KeyDownloadVerticle.class);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
    private static final int LARGEST_BYTES = 64 * 1024;

    private final Timers timers;
    private final URI server;
    private final Duration interval;
    private final CertificateCheck recognised;
    private final KeyFiles files;
    private final KeyRing ring;

    /** Held for good: Vert.x ends the connections of a client that nobody knows any more. */
    @SuppressWarnings("NullAway.Init")
    private WebClient client;

    /**
     * @param server the Server; its address may have a path
     * @param interval between two downloads; zero to download only at start
     * @param recognised accepts the Server's certificate and no other
     */
    public KeyDownloadVerticle(
            Timers timers, URI server, Duration interval, CertificateCheck recognised, KeyFiles files, KeyRing ring) {
        this.timers = timers;
        this.server = server;
        this.interval = interval;
        this.recognised = recognised;
        this.files = files;
        this.ring = ring;
    }

    @Override
    public Future<?> start() {
        client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setConnectTimeout((int) ANSWER_WITHIN.toMillis())
                        .setFollowRedirects(false)
                        .setTrustOptions(TrustOptions.wrap(recognised)));
        return load().onSuccess(loaded -> {
            if (interval.isPositive()) {
                timers.every("download the Server's keys", Duration.ZERO, interval, this::download);
            } else {
                download();
            }
        });
    }

    private Future<Void> load() {
        return vertx.executeBlocking(files::load).onSuccess(ring::trust).mapEmpty();
    }

    private Future<Void> download() {
        return vertx.executeBlocking(files::lastModified)
                .compose(since -> request(since).send())
                .compose(this::received)
                .recover(failure -> {
                    LOG.warn(
                            "The Server's keys cannot be downloaded; those known are kept. server={} keys={} reason={}",
                            server,
                            ring.trusted().keys().size(),
                            UntrustedCertificate.reason(failure));
                    return Future.succeededFuture();
                });
    }

    private HttpRequest<Buffer> request(Optional<String> since) {
        String base = server.toString().endsWith("/") ? server.toString() : server + "/";
        HttpRequest<Buffer> request =
                client.getAbs(base + "api/flamenco/jwt/public-keys").timeout(ANSWER_WITHIN.toMillis());
        since.ifPresent(text -> request.putHeader("If-Modified-Since", text));
        return request;
    }

    private Future<Void> received(HttpResponse<Buffer> response) {
        if (response.statusCode() == 304) {
            return Future.succeededFuture();
        }
        Buffer body = response.bodyAsBuffer();
        if (response.statusCode() >= 300 || body == null || body.length() > LARGEST_BYTES) {
            return Future.failedFuture("status " + response.statusCode());
        }
        if (TrustedKeys.parse(body.toString()).keys().isEmpty()) {
            return Future.failedFuture("the answer holds no key");
        }
        String since = Optional.ofNullable(response.getHeader(HttpHeaders.LAST_MODIFIED))
                .orElse("");
        return vertx.<Void>executeBlocking(() -> {
                    files.keep(body.toString(), since);
                    return null;
                })
                .compose(kept -> load())
                .onSuccess(loaded -> LOG.info(
                        "The Server's keys are trusted. server={} keys={}",
                        server,
                        ring.trusted().keys().size()));
    }
}
