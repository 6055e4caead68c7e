package io.flamenco.shared.bridge;

import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.wire.WireJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A message to the other side, in the form of Vert.x's event-bus bridges. It is put into words once, however many hear it. One
 * event loop only.
 */
final class BridgeFrame {

    private final JsonStart start;
    private final String rest;
    private @Nullable String text;
    private @Nullable Buffer framed;

    /** How a message begins, which differs between the bridges. */
    private enum JsonStart {
        FACT("{\"type\":\"rec\"", "{\"type\":\"message\",\"send\":false"),
        OTHER("", "");

        private final String overSockJs;
        private final String overTcp;

        JsonStart(String overSockJs, String overTcp) {
            this.overSockJs = overSockJs;
            this.overTcp = overTcp;
        }
    }

    private BridgeFrame(JsonStart start, String rest) {
        this.start = start;
        this.rest = rest;
    }

    /** A fact that was told at an address. */
    static BridgeFrame fact(String address, Record fact) {
        return body(address, WireJson.write(fact).toString(StandardCharsets.UTF_8));
    }

    /** The answer to what was sent with this address for answers. */
    static BridgeFrame answer(String replyAddress, JsonObject answer) {
        return body(replyAddress, answer.encode());
    }

    private static BridgeFrame body(String address, String json) {
        return new BridgeFrame(JsonStart.FACT, ",\"address\":" + Json.encode(address) + ",\"body\":" + json + "}");
    }

    /** A refusal; the address is the one that the sender will look for, empty when there is none. */
    static BridgeFrame refusal(String address, HttpFailure failure) {
        JsonObject json = new JsonObject()
                .put("type", "err")
                .put("failureType", "RECIPIENT_FAILURE")
                .put("failureCode", failure.status())
                .put("message", failure.getMessage());
        return new BridgeFrame(JsonStart.OTHER, (address.isEmpty() ? json : json.put("address", address)).encode());
    }

    /** The answer to a ping. */
    static BridgeFrame pong() {
        return new BridgeFrame(JsonStart.OTHER, "{\"type\":\"pong\"}");
    }

    /** The message as SockJS brings it. */
    String text() {
        String known = text;
        if (known == null) {
            known = start.overSockJs + rest;
            text = known;
        }
        return known;
    }

    /** The message as TCP brings it: the length in four bytes, then JSON in UTF-8. */
    Buffer framed() {
        Buffer known = framed;
        if (known == null) {
            byte[] json = (start.overTcp + rest).getBytes(StandardCharsets.UTF_8);
            known = Buffer.buffer(Integer.BYTES + json.length)
                    .appendInt(json.length)
                    .appendBytes(json);
            framed = known;
        }
        return known;
    }

    /** How much memory it takes while it waits to be sent, roughly, in bytes. */
    int size() {
        return rest.length();
    }
}
