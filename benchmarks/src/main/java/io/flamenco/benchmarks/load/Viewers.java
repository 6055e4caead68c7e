package io.flamenco.benchmarks.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** People who watch the log of one task over the event bus; each has a connection. */
public final class Viewers {

    private static final int MOST = 100_000;

    private final WebSocketClient client;
    private final URI manager;
    private final AtomicLong heard = new AtomicLong();

    public Viewers(Vertx vertx, URI manager) {
        this.client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(MOST));
        this.manager = manager;
    }

    /** Connects so many, each of whom listens once it is connected. */
    public Future<Void> watch(int count, String task) {
        List<Future<?>> connected = new ArrayList<>();
        String register = "{\"type\":\"register\",\"address\":\"manager.task.log." + task + "\"}";
        for (int i = 0; i < count; i++) {
            connected.add(client.connect(manager.getPort(), manager.getHost(), "/eventbus/websocket")
                    .compose(socket -> {
                        socket.textMessageHandler(piece -> heard.incrementAndGet());
                        return socket.writeTextMessage(register);
                    }));
        }
        return Future.all(connected).mapEmpty();
    }

    /** How many pieces of the log they heard, all together. */
    public long heard() {
        return heard.get();
    }

    /** Ends all connections. */
    public Future<Void> leave() {
        return client.close();
    }
}
