package io.flamenco.manager.http;

import io.flamenco.shared.http.ConnectionLimit;
import io.flamenco.shared.http.ListenAddress;
import io.flamenco.shared.http.ProblemJson;
import io.flamenco.shared.http.RouteMethods;
import io.flamenco.shared.https.Encryption;
import io.flamenco.shared.kernel.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Serves all calls and pages; what they are is up to the route groups. Any number of instances share the port. */
public final class HttpVerticle extends VerticleBase {

    /** As the original: how long a Worker may take to send the head and the body of a request. */
    private static final int READ_TIMEOUT_SECONDS = 600;

    /** Vert.x gives all instances of one deployment the same free port for the same negative number. */
    private static final int ANY_FREE_PORT = -2;

    /** Who still waits for work then, or never closes its socket, is cut off. */
    private static final Duration FINISH_WITHIN = Duration.ofSeconds(1);

    /** Per event loop; more than a farm whose Workers all wait for work. */
    private static final int MOST_CONNECTIONS = 20_000;

    private static final Pattern ENCODED_WRONGLY = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private final ListenAddress address;
    private final Encryption encryption;
    private final Function<Vertx, List<RouteGroup>> groups;
    private final IntConsumer onListening;
    private @Nullable HttpServer server;

    /** As the other constructor, without encryption. */
    public HttpVerticle(ListenAddress address, Function<Vertx, List<RouteGroup>> groups, IntConsumer onListening) {
        this(address, Encryption.none(), groups, onListening);
    }

    /**
     * @param encryption to serve HTTPS and nothing else
     * @param groups makes the route groups of one instance, in the order in which their routes are tried
     * @param onListening is told the port, once per instance
     */
    public HttpVerticle(
            ListenAddress address,
            Encryption encryption,
            Function<Vertx, List<RouteGroup>> groups,
            IntConsumer onListening) {
        this.address = address;
        this.encryption = encryption;
        this.groups = groups;
        this.onListening = onListening;
    }

    @Override
    public Future<?> start() {
        int port = address.port() == 0 ? ANY_FREE_PORT : address.port();
        return vertx.createHttpServer(ConnectionLimit.counting(encryption.on(options())))
                .requestHandler(encryption.remembered(answering(router())))
                .connectionHandler(new ConnectionLimit(MOST_CONNECTIONS))
                .listen(port, address.host())
                .onSuccess(listening -> {
                    server = listening;
                    onListening.accept(listening.actualPort());
                })
                .recover(failure -> Future.failedFuture(
                        StartFailure.ofListening("Manager", address.host(), address.port(), failure)));
    }

    /** Answers what is being asked, for a moment; pages that only listen do not hold up the end. */
    @Override
    public Future<?> stop() {
        return server == null
                ? Future.succeededFuture()
                : server.shutdown(FINISH_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The router cannot take apart an address that is not well encoded. */
    private static Handler<HttpServerRequest> answering(Router router) {
        return request -> {
            if (request.path() == null || ENCODED_WRONGLY.matcher(request.uri()).find()) {
                request.response().setStatusCode(400).end("The address is not well encoded.\n");
            } else {
                router.handle(request);
            }
        };
    }

    private Router router() {
        Router router = Router.router(vertx);
        groups.apply(vertx).forEach(group -> group.addTo(router));
        RouteMethods.letHeadAskAsGet(router);
        ProblemJson problems = new ProblemJson(router);
        for (int status : List.of(400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 429, 498, 500, 503, 504)) {
            router.errorHandler(status, problems);
        }
        return router;
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setIdleTimeout(READ_TIMEOUT_SECONDS)
                .setWebSocketClosingTimeout((int) FINISH_WITHIN.toSeconds())
                .setMaxInitialLineLength(8192)
                .setMaxHeaderSize(16_384)
                .setCompressionSupported(false);
    }
}
