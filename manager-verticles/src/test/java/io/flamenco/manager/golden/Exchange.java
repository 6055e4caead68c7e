package io.flamenco.manager.golden;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A recorded request and its answer; {@code number} counts all requests of a scenario, also those that were not kept. */
record Exchange(
        String scenario,
        int number,
        String name,
        String method,
        String path,
        JsonObject headers,
        @Nullable String body,
        Answer answer) {

    /** What was answered. */
    record Answer(int status, JsonObject headers, String body) {

        String header(String name) {
            return headers.stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> String.valueOf(header.getValue()))
                    .findFirst()
                    .orElse("");
        }
    }

    Exchange with(JsonObject otherHeaders) {
        return new Exchange(scenario, number, name, method, path, otherHeaders, body, answer);
    }

    String title() {
        return scenario + " " + number + " " + name;
    }

    /** The exchanges of a file, in the order of time. */
    static List<Exchange> recorded(String file) {
        return text("/golden/" + file)
                .lines()
                .map(JsonObject::new)
                .map(Exchange::of)
                .toList();
    }

    private static Exchange of(JsonObject line) {
        JsonObject request = line.getJsonObject("request");
        JsonObject response = line.getJsonObject("response");
        return new Exchange(
                line.getString("scenario"),
                line.getInteger("seq"),
                line.getString("name"),
                request.getString("method"),
                request.getString("path"),
                request.getJsonObject("headers"),
                request.getString("body"),
                new Answer(
                        response.getInteger("status"),
                        response.getJsonObject("headers"),
                        Objects.requireNonNullElse(response.getString("body"), "")));
    }

    static String text(String resource) {
        try (InputStream stream = Objects.requireNonNull(Exchange.class.getResourceAsStream(resource))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
