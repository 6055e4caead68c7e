package io.flamenco.shared.bridge;

import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.Credentials;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.http.ProblemJson;
import io.flamenco.shared.https.Encryption;
import io.flamenco.shared.people.FarmRole;
import io.flamenco.shared.time.TickedTime;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A role that has nothing but a bus, which it offers over SockJS and TCP; it remembers what it was told to do. */
final class BridgeFarm implements BridgeDoor, BridgeOrders, AutoCloseable {

    /** What a tool that does not read has received, however much the system would let it. */
    private static final int UNREAD_BYTES = 256 * 1024;

    final Vertx vertx = Vertx.vertx();
    final Vertx tools = Vertx.vertx();

    /** Known for as long as the farm is: Vert.x ends the connections of a client that nobody knows any more. */
    final NetClient tcpClient = tools.createNetClient(new NetClientOptions().setReceiveBufferSize(UNREAD_BYTES));

    final WebSocketClient webSocketClient =
            tools.createWebSocketClient(new WebSocketClientOptions().setReceiveBufferSize(UNREAD_BYTES));
    final FarmBus bus = new FarmBus(vertx);
    final TickedTime time = new TickedTime(Instant.parse("2026-11-22T10:00:00Z"));
    final Map<String, BridgeGuest> tokens = new ConcurrentHashMap<>();
    final List<Record> orders = new CopyOnWriteArrayList<>();
    final AtomicInteger httpPort = new AtomicInteger();
    final AtomicInteger tcpPort = new AtomicInteger();
    volatile boolean everybodyMayRead;

    BridgeFarm(BridgeTable table, int perPerson, int perAddress) {
        BridgeSettings settings = new BridgeSettings("127.0.0.1", 0, perPerson, perAddress);
        BridgeTerms terms = new BridgeTerms(table, this, this, new BridgePlaces(settings), time, time);
        vertx.deployVerticle(new Http(terms)).await();
        vertx.deployVerticle(new TcpBridgeVerticle(settings, Encryption.none(), instance -> terms, tcpPort::set))
                .await();
    }

    /** Makes somebody with a token of that name. */
    void welcome(String token, FarmRole role) {
        tokens.put(token, new BridgeGuest("id of " + token, token, role, "token"));
    }

    private final class Http extends VerticleBase {

        private final BridgeTerms terms;

        @SuppressWarnings("NullAway.Init")
        private HttpServer server;

        Http(BridgeTerms terms) {
            this.terms = terms;
        }

        @Override
        public Future<?> start() {
            Router router = Router.router(vertx);
            new SockJsBridge(vertx, terms).addTo(router);
            router.errorHandler(500, new ProblemJson(router));
            server = vertx.createHttpServer().requestHandler(router);
            return server.listen(0, "127.0.0.1").onSuccess(listening -> httpPort.set(listening.actualPort()));
        }

        @Override
        public Future<?> stop() {
            return server.shutdown(100, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public Future<Optional<BridgeGuest>> opener(RoutingContext opening) {
        Optional<String> token = Credentials.bearer(opening.request().getHeader("Authorization"));
        return token.isEmpty() && everybodyMayRead
                ? Future.succeededFuture(Optional.of(BridgeGuest.STRANGER))
                : token.map(this::holder).orElse(Future.succeededFuture(Optional.empty()));
    }

    @Override
    public Future<Optional<BridgeGuest>> holder(String token) {
        return Future.succeededFuture(Optional.ofNullable(tokens.get(token)));
    }

    @Override
    public Future<JsonObject> carryOut(BridgeGuest sender, String from, String address, Record order) {
        orders.add(order);
        return sender.name().equals("unlucky")
                ? Future.failedFuture(new HttpFailure(409, "The Worker is gone."))
                : Future.succeededFuture(new JsonObject().put("by", sender.name()));
    }

    @Override
    public void close() {
        vertx.close().await();
        // Not waited for: a tool that reads nothing does not notice that its connection has ended.
        tools.close();
    }
}
