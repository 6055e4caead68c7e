package io.flamenco.server.http;

import io.flamenco.shared.http.ProblemJson;
import io.flamenco.shared.http.SecurityHeaders;
import io.flamenco.shared.kernel.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.function.IntConsumer;

/** Listens on the Server's port. */
public final class ServerHttpVerticle extends VerticleBase {

    /** In Vert.x a negative port is any free one that all instances of the verticle share. */
    private static final int ANY_SHARED_PORT = -1;

    private final String host;
    private final int port;
    private final IntConsumer listening;

    /**
     * @param port 0 for any free one
     * @param listening is told the port once it is known
     */
    public ServerHttpVerticle(String host, int port, IntConsumer listening) {
        this.host = host;
        this.port = port;
        this.listening = listening;
    }

    @Override
    public Future<?> start() {
        Router router = Router.router(vertx);
        router.route().handler(new SecurityHeaders());
        ProblemJson problems = new ProblemJson();
        router.route().failureHandler(problems);
        for (int status : new int[] {400, 404, 405, 413, 500}) {
            router.errorHandler(status, problems);
        }
        HttpServerOptions options = new HttpServerOptions().setCompressionSupported(true);
        return vertx.createHttpServer(options)
                .requestHandler(router)
                .listen(port == 0 ? ANY_SHARED_PORT : port, host)
                .map(HttpServer::actualPort)
                .onSuccess(listening::accept)
                .recover(failure -> Future.failedFuture(StartFailure.ofListening("server", host, port, failure)));
    }
}
