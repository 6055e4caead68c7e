package io.flamenco.e2e;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A tool that listens on the bus of a role, and remembers what keys with what types it heard at which address. */
final class BusListener implements WebSocket.Listener, AutoCloseable {

    private final Map<String, Map<String, String>> shapes = new ConcurrentHashMap<>();
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;

    BusListener(Rest role, String token) {
        URI url = URI.create(role.url("eventbus/websocket").toString().replaceFirst("http", "ws"));
        socket = client.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(url, this)
                .join();
    }

    /** Listens to an address, from the moment on that it is in {@link #listensTo()}. */
    void listen(String address) {
        JsonObject message =
                new JsonObject().put("type", "register").put("address", address).put("replyAddress", "registered");
        socket.sendText(message.encode(), true).join();
    }

    /** Keys with their types, of all that was heard at an address together. */
    Map<String, String> shape(String address) {
        return shapes.getOrDefault(address, Map.of());
    }

    /** What it listens to. */
    List<String> listensTo() {
        return List.copyOf(answers);
    }

    /** Keys of a message with the types of their values; two levels deep, since below that keys are values. */
    static Map<String, String> shapeOf(JsonObject message) {
        Map<String, String> shape = new TreeMap<>();
        message.forEach(entry -> {
            shape.put(entry.getKey(), type(entry.getValue()));
            if (entry.getValue() instanceof JsonObject inner) {
                inner.forEach(deeper -> shape.put(entry.getKey() + "." + deeper.getKey(), type(deeper.getValue())));
            }
        });
        return shape;
    }

    private static String type(Object value) {
        return value instanceof Number
                ? "number"
                : Optional.ofNullable(value)
                        .map(one -> one.getClass().getSimpleName())
                        .orElse("null");
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
        text.append(piece);
        if (last) {
            hear(new JsonObject(text.toString()));
            text.setLength(0);
        }
        return WebSocket.Listener.super.onText(from, piece, last);
    }

    private void hear(JsonObject message) {
        JsonObject body = message.getJsonObject("body");
        if ("registered".equals(message.getString("address"))) {
            answers.add(body.getString("registered"));
        } else {
            shapes.computeIfAbsent(message.getString("address"), address -> new ConcurrentHashMap<>())
                    .putAll(shapeOf(body));
        }
    }

    @Override
    public void close() {
        socket.abort();
        client.close();
    }
}
