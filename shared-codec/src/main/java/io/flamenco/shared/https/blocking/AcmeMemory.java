package io.flamenco.shared.https.blocking;

import io.flamenco.shared.secret.SecretFiles;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of the dealings with an ACME authority, so that a restart neither begins an order anew nor asks more often.
 *
 * @param order where the order that is under way is; empty when there is none
 * @param failures how often in a row there was no certificate
 * @param notBefore when the authority may be asked again
 */
record AcmeMemory(Optional<URL> order, int failures, Instant notBefore) {

    /** Authorities count failures by the hour; a few of them lock a host name out. */
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(15);

    private static final Duration LONGEST_PAUSE = Duration.ofHours(12);

    /** Nothing is under way. */
    static final AcmeMemory NOTHING = new AcmeMemory(Optional.empty(), 0, Instant.EPOCH);

    /** With an order under way. */
    AcmeMemory ordered(URL url) {
        return new AcmeMemory(Optional.of(url), failures, notBefore);
    }

    /** The order came to nothing. */
    AcmeMemory withoutOrder() {
        return new AcmeMemory(Optional.empty(), failures, notBefore);
    }

    /**
     * After a failure: each pause is twice as long, and the order is resumed afterwards.
     *
     * @param asked the end of the pause that the authority asks for
     */
    AcmeMemory failed(Instant now, Optional<Instant> asked) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
        Duration pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        return new AcmeMemory(order, failures + 1, asked.orElse(now.plus(pause)));
    }

    /** What the file holds; nothing when there is none, or none that can be read. */
    static AcmeMemory read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return NOTHING;
        }
        try {
            JsonObject json = new JsonObject(Files.readString(file));
            Optional<URL> order = Optional.ofNullable(json.getString("order")).map(AcmeMemory::url);
            return new AcmeMemory(order, json.getInteger("failures", 0), json.getInstant("not_before", Instant.EPOCH));
        } catch (DecodeException | ClassCastException | DateTimeException | IllegalArgumentException damaged) {
            return NOTHING;
        }
    }

    void write(Path file) throws IOException {
        JsonObject json = new JsonObject().put("failures", failures).put("not_before", notBefore);
        order.ifPresent(url -> json.put("order", url.toString()));
        SecretFiles.write(file, json.encodePrettily() + "\n");
    }

    private static URL url(String text) {
        try {
            return URI.create(text).toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
