package io.flamenco.shared.https;

import io.flamenco.shared.http.ConnectionLimit;
import io.flamenco.shared.http.ListenAddress;
import io.flamenco.shared.kernel.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends callers by plain HTTP on to HTTPS, and answers an ACME authority. What reads is sent on with 302, which nobody remembers;
 * what changes something with 308, so that it arrives with its body. Nothing else is served, and no credentials are looked at.
 */
public final class RedirectVerticle extends VerticleBase {

    private static final int IDLE_SECONDS = 15;
    private static final int LONGEST_LINE = 8 << 10;
    private static final int LARGEST_HEADERS = 16 << 10;

    private static final int MOST_CONNECTIONS = 5_000;
    private static final int STANDARD_PORT = 443;

    private final String role;
    private final ListenAddress address;
    private final Challenges challenges;
    private final Optional<URI> ownUrl;
    private final IntSupplier securePort;
    private final IntConsumer onListening;

    /**
     * @param role names the role to people
     * @param ownUrl where callers are sent; absent to send them to the host that they called
     * @param securePort where that host speaks HTTPS; 0 while it does not listen yet
     * @param onListening is told the port
     */
    public RedirectVerticle(
            String role,
            ListenAddress address,
            Challenges challenges,
            Optional<URI> ownUrl,
            IntSupplier securePort,
            IntConsumer onListening) {
        this.role = role;
        this.address = address;
        this.challenges = challenges;
        this.ownUrl = ownUrl;
        this.securePort = securePort;
        this.onListening = onListening;
    }

    @Override
    public Future<?> start() {
        HttpServerOptions options = new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LARGEST_HEADERS);
        return vertx.createHttpServer(ConnectionLimit.counting(options))
                .requestHandler(this::answer)
                .connectionHandler(new ConnectionLimit(MOST_CONNECTIONS))
                .listen(address.port(), address.host())
                .onSuccess(listening -> onListening.accept(listening.actualPort()))
                .recover(failure ->
                        Future.failedFuture(StartFailure.ofListening(role, address.host(), address.port(), failure)));
    }

    private void answer(HttpServerRequest request) {
        Optional<String> proof = Optional.ofNullable(request.path()).flatMap(challenges::answer);
        if (proof.isPresent()) {
            request.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/plain").end(proof.get());
            return;
        }
        Optional<String> target = target(request.authority());
        if (target.isEmpty() || !request.uri().startsWith("/")) {
            request.response().setStatusCode(400).end("Call this host by https.\n");
            return;
        }
        boolean reads =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        request.response()
                .setStatusCode(reads ? 302 : 308)
                .putHeader(HttpHeaders.LOCATION, target.get() + request.uri())
                .end();
    }

    private Optional<String> target(@Nullable HostAndPort called) {
        if (ownUrl.isPresent()) {
            return Optional.of("https://" + ownUrl.get().getRawAuthority());
        }
        int port = securePort.getAsInt();
        if (called == null || port == 0) {
            return Optional.empty();
        }
        boolean bare = called.host().contains(":") && !called.host().startsWith("[");
        String host = bare ? "[" + called.host() + "]" : called.host();
        return Optional.of("https://" + host + (port == STANDARD_PORT ? "" : ":" + port));
    }
}
