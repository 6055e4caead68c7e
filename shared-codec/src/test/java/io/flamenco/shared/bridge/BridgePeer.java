package io.flamenco.shared.bridge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;
import io.vertx.ext.eventbus.bridge.tcp.impl.protocol.FrameHelper;
import io.vertx.ext.eventbus.bridge.tcp.impl.protocol.FrameParser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A tool that is connected to the bus, and what it heard. */
final class BridgePeer {

    /** Over what it is connected. TCP is spoken by Vert.x's own code. */
    enum Way {
        WEB_SOCKET,
        SOCK_JS,
        TCP
    }

    final List<JsonObject> heard = new CopyOnWriteArrayList<>();
    private final Consumer<JsonObject> say;
    private final ReadStream<?> stream;
    private volatile boolean closed;

    private BridgePeer(WebSocket socket, Way way) {
        this.stream = socket;
        this.say = way == Way.SOCK_JS
                ? message -> socket.writeTextMessage(
                        new JsonArray().add(message.encode()).encode())
                : message -> socket.writeTextMessage(message.encode());
        socket.closeHandler(ended -> closed = true);
        socket.textMessageHandler(text -> {
            if (way == Way.WEB_SOCKET) {
                heard.add(new JsonObject(text));
            } else if (text.startsWith("a")) {
                new JsonArray(text.substring(1)).forEach(one -> heard.add(new JsonObject((String) one)));
            }
        });
    }

    private BridgePeer(NetSocket socket) {
        this.stream = socket;
        this.say = message -> FrameHelper.writeFrame(message, socket);
        socket.closeHandler(ended -> closed = true);
        socket.handler(new FrameParser(frame -> heard.add(frame.result())));
    }

    static BridgePeer connect(BridgeFarm farm, Way way) {
        return connect(farm, way, Map.of());
    }

    static BridgePeer connect(BridgeFarm farm, Way way, Map<String, String> headers) {
        if (way == Way.TCP) {
            return onLoop(
                    farm,
                    () -> farm.tcpClient
                            .connect(farm.tcpPort.get(), "127.0.0.1")
                            .map(BridgePeer::new));
        }
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(farm.httpPort.get())
                .setURI(way == Way.WEB_SOCKET ? "/eventbus/websocket" : "/eventbus/000/tool/websocket");
        headers.forEach(options::putHeader);
        return onLoop(farm, () -> farm.webSocketClient.connect(options).map(socket -> new BridgePeer(socket, way)));
    }

    /** Connects on the event loop of the connection, so that nothing is missed that comes, or ends, at once. */
    private static BridgePeer onLoop(BridgeFarm farm, Supplier<Future<BridgePeer>> connect) {
        Promise<BridgePeer> connected = Promise.promise();
        farm.tools.getOrCreateContext().runOnContext(there -> connect.get().onComplete(connected));
        return connected.future().await();
    }

    void say(JsonObject message) {
        say.accept(message);
    }

    void say(String type, String address, String token) {
        JsonObject headers =
                token.isEmpty() ? new JsonObject() : new JsonObject().put("authorization", "Bearer " + token);
        say(new JsonObject()
                .put("type", type)
                .put("address", address)
                .put("replyAddress", "answer")
                .put("headers", headers)
                .put("body", new JsonObject()));
    }

    /** Sends bytes as they are, over TCP. */
    void sayRaw(Buffer bytes) {
        ((NetSocket) stream).write(bytes);
    }

    void stopReading() {
        stream.pause();
    }

    void readAgain() {
        stream.resume();
    }

    boolean isClosed() {
        return closed;
    }

    /** Bodies of the facts that were told at that address. */
    List<JsonObject> facts(String address) {
        return heard.stream()
                .filter(message -> address.equals(message.getString("address")) && message.getValue("body") != null)
                .map(message -> message.getJsonObject("body"))
                .toList();
    }

    /** Status codes of what was refused, in order. */
    List<Integer> refusals() {
        return heard.stream()
                .filter(message -> "err".equals(message.getString("type")))
                .map(message -> message.getInteger("failureCode"))
                .toList();
    }
}
