package io.flamenco.manager.setup;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A link that is being made (Flamenco 2 protocol): the Server knows the key, and a person chooses there which Manager this is.
 *
 * @param server the Server
 * @param key shared with it
 * @param identifier what the Server calls the key
 * @param ownUrl the URL under which the person's browser reaches this Manager
 */
public record LinkAttempt(URI server, LinkKey key, String identifier, URI ownUrl) {

    /** Where the person goes to choose. */
    public URI chooseAt() {
        String back = ownUrl.resolve("/setup/link-return").toString();
        return server.resolve("/flamenco/managers/link/choose?hmac=" + key.proof(identifier + "-" + back)
                + "&identifier=" + identifier + "&return=" + URLEncoder.encode(back, StandardCharsets.UTF_8));
    }

    /** Whether the Server sent the person back with that Manager. */
    public boolean chose(String managerId, String hmac) {
        return key.proves(identifier + "-" + managerId, hmac);
    }

    /** What is sent to get a new secret for that Manager. */
    JsonObject resetRequest(String managerId, String padding) {
        return new JsonObject()
                .put("manager_id", managerId)
                .put("identifier", identifier)
                .put("padding", padding)
                .put("hmac", key.proof(padding + "-" + identifier + "-" + managerId));
    }
}
