package io.flamenco.shared.bridge;

import io.flamenco.shared.https.Encryption;
import io.flamenco.shared.kernel.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bus for tools, over TCP in the protocol of Vert.x's own bridge: each message is its length in four bytes, big end first,
 * and JSON in UTF-8. The first message must carry a token.
 */
public final class TcpBridgeVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(TcpBridgeVerticle.class);

    /** Tools only listen, so nothing is lost when they are cut off. */
    private static final Duration FINISH_WITHIN = Duration.ofMillis(500);

    private final String host;
    private final int port;
    private final Encryption encryption;
    private final Function<Vertx, BridgeTerms> terms;
    private final IntConsumer onListening;
    private @Nullable NetServer server;

    /**
     * @param settings where it listens; port 0 for any free one
     * @param encryption as of the role's pages
     * @param terms of this event loop
     * @param onListening is told the port
     */
    public TcpBridgeVerticle(
            BridgeSettings settings,
            Encryption encryption,
            Function<Vertx, BridgeTerms> terms,
            IntConsumer onListening) {
        this.host = settings.tcpHost();
        this.port = settings.tcpPort();
        this.encryption = encryption;
        this.terms = terms;
        this.onListening = onListening;
    }

    @Override
    public Future<?> start() {
        BridgeHub hub = new BridgeHub(vertx, terms.apply(vertx));
        return vertx.createNetServer(encryption.on(new NetServerOptions()))
                .connectHandler(socket -> open(hub, socket))
                .listen(port, host)
                .onSuccess(listening -> {
                    server = listening;
                    LOG.info("Tools can use the bus over TCP. host={} port={}", host, listening.actualPort());
                    onListening.accept(listening.actualPort());
                })
                .recover(failure ->
                        Future.failedFuture(StartFailure.ofListening("TCP bridge of the bus", host, port, failure)));
    }

    @Override
    public Future<?> stop() {
        return server == null
                ? Future.succeededFuture()
                : server.shutdown(FINISH_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void open(BridgeHub hub, NetSocket socket) {
        BridgeConnection connection = new BridgeConnection(hub, new Line(socket));
        socket.handler(new FrameReader(connection));
        socket.closeHandler(closed -> connection.closed());
        socket.exceptionHandler(broken -> connection.closed());
        connection.open();
    }

    private record Line(NetSocket socket) implements BridgeLine {

        @Override
        public Future<Void> send(BridgeFrame frame) {
            return socket.write(frame.framed());
        }

        @Override
        public boolean answersPings() {
            return true;
        }

        @Override
        public void close() {
            socket.close();
        }

        @Override
        public String address() {
            return String.valueOf(socket.remoteAddress().hostAddress());
        }
    }
}
