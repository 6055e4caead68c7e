package io.flamenco.manager.upstream;

import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.wire.ServerCapabilities;
import io.flamenco.shared.wire.WireJson;
import io.flamenco.shared.wire.WireJsonException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;

/**
 * What the Server answered to a call.
 *
 * @param call names the call to people, such as {@code push of task updates}
 */
record ServerAnswer(String call, int status, MultiMap headers, Buffer body) {

    private static final int SHOWN_OF_A_BODY = 300;

    boolean ok() {
        return status >= 200 && status < 300;
    }

    /** Whether the Server says that it takes requests compressed with gzip (RFC 7694). */
    boolean acceptsGzip() {
        return headers.getAll("Accept-Encoding").stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("gzip"));
    }

    /** Whether the Server says that it takes this beyond the protocol. */
    boolean takes(String capability) {
        return headers.getAll(ServerCapabilities.HEADER).stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .anyMatch(value -> value.strip().equals(capability));
    }

    /**
     * The document in the body.
     *
     * @throws HttpFailure of status 502 when the body is something else
     */
    <T> T read(Class<T> type) {
        try {
            return WireJson.read(body, type);
        } catch (WireJsonException e) {
            throw new HttpFailure(
                    502,
                    "The Server's answer to the " + call + " is not what a Flamenco Server answers (" + e.getMessage()
                            + "): check that the setting \"flamenco\" names a Flamenco Server.");
        }
    }

    /** The failure that an answer of another status than wanted stands for. */
    HttpFailure failure() {
        if (status >= 300 && status < 400) {
            return new HttpFailure(
                    502,
                    "The Server sends the " + call + " on to " + headers.get("Location")
                            + ", which is not followed with credentials: put the Server's own address into the setting"
                            + " \"flamenco\".");
        }
        String advice = status == 401 || status == 403 || status == 404
                ? " Check the settings \"manager_id\" and \"manager_secret\"."
                : "";
        return new HttpFailure(
                status < 400 ? 502 : status,
                "The Server answered " + status + " to the " + call + ": " + shownBody() + advice);
    }

    private String shownBody() {
        String text = body.toString().strip();
        return text.length() <= SHOWN_OF_A_BODY ? text : text.substring(0, SHOWN_OF_A_BODY) + "…";
    }
}
