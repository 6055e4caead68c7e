package io.flamenco.shared.bridge;

import io.flamenco.shared.http.Credentials;
import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * What the other side says, in the form of Vert.x's event-bus bridges.
 *
 * @param type one of those that {@link BridgeConnection} knows
 * @param address empty where none is needed
 * @param replyAddress at which the sender waits for an answer; empty when it does not
 * @param token from the header {@code authorization}
 * @param body empty when there is none
 */
record BridgeMessage(String type, String address, String replyAddress, Optional<String> token, JsonObject body) {

    private static final int LONGEST_ADDRESS = 200;

    /** @throws HttpFailure when it is none */
    static BridgeMessage parse(String text) {
        try {
            JsonObject json = new JsonObject(text);
            JsonObject headers = json.getValue("headers") instanceof JsonObject given ? given : new JsonObject();
            return new BridgeMessage(
                    text(json, "type"),
                    address(json, "address"),
                    address(json, "replyAddress"),
                    headers.stream()
                            .filter(header -> header.getKey().equalsIgnoreCase("authorization"))
                            .findFirst()
                            .flatMap(header -> Credentials.bearer(String.valueOf(header.getValue()))),
                    json.getValue("body") instanceof JsonObject body ? body : new JsonObject());
        } catch (DecodeException | ClassCastException e) {
            throw new HttpFailure(
                    400,
                    "A message is a JSON object such as {\"type\":\"register\",\"address\":\"server.job.status-changed\"}.");
        }
    }

    /** Where a refusal of it belongs. */
    String refusedAt() {
        return replyAddress.isEmpty() ? address : replyAddress;
    }

    /** Never shows the token. */
    @Override
    public String toString() {
        return "BridgeMessage[type=" + type + ", address=" + address + "]";
    }

    private static String text(JsonObject json, String key) {
        String text = json.getString(key);
        return text == null ? "" : text;
    }

    private static String address(JsonObject json, String key) {
        String address = text(json, key);
        if (address.length() > LONGEST_ADDRESS) {
            throw new HttpFailure(400, "An address has at most " + LONGEST_ADDRESS + " characters.");
        }
        return address;
    }
}
