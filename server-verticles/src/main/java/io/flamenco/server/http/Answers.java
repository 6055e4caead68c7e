package io.flamenco.server.http;

import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes answers of {@code /api/v1}. A single thing comes with an etag that is another one whenever the answer is. */
final class Answers {

    private static final int ETAG_BYTES = 16;

    private Answers() {}

    static Future<Void> json(RoutingContext context, JsonObject body) {
        return context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body.toBuffer());
    }

    /** A thing with its etag; 304 when the caller has just that. */
    static Future<Void> thing(RoutingContext context, JsonObject thing) {
        return known(context, etag(thing)) ? unchanged(context) : json(context, thing);
    }

    /** Puts the etag on the answer, and tells whether that is what the caller has already. */
    static boolean known(RoutingContext context, String etag) {
        context.response().putHeader(HttpHeaders.ETAG, etag);
        return RequiredAction.reads(context.request().method())
                && names(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), etag);
    }

    static Future<Void> unchanged(RoutingContext context) {
        return context.response().setStatusCode(304).end();
    }

    /** Something secret, which nobody on the way may keep. */
    static Future<Void> secret(RoutingContext context, JsonObject body) {
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return json(context, body);
    }

    static Future<Void> nothing(RoutingContext context) {
        return context.response().setStatusCode(204).end();
    }

    /** 412 when the caller wants to change a thing that is not any more what they saw. */
    static void refuseStale(RoutingContext context, JsonObject thing) {
        String wanted = context.request().getHeader(HttpHeaders.IF_MATCH);
        if (wanted != null && !names(wanted, etag(thing))) {
            throw HttpFailure.changedMeanwhile();
        }
    }

    /** Whether the caller wants to change a thing only as they saw it. */
    static boolean restsOnSight(RoutingContext context) {
        String wanted = context.request().getHeader(HttpHeaders.IF_MATCH);
        return wanted != null && !wanted.strip().equals("*");
    }

    private static String etag(JsonObject thing) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(thing.encode().getBytes(StandardCharsets.UTF_8));
            return "\"" + HexFormat.of().formatHex(Arrays.copyOf(digest, ETAG_BYTES)) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static boolean names(@Nullable String header, String etag) {
        if (header == null) {
            return false;
        }
        return header.strip().equals("*")
                || List.of(header.split(",")).stream()
                        .map(String::strip)
                        .map(one -> one.startsWith("W/") ? one.substring(2) : one)
                        .anyMatch(etag::equals);
    }
}
