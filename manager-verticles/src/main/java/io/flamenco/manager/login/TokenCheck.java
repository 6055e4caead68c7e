package io.flamenco.manager.login;

import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.people.FarmRole;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Decides whether a token of the Server holds (Flamenco 2 protocol): ES256 with a trusted key, {@code aud} is this Manager, and
 * {@code exp} has not passed. Clocks may differ by half a minute.
 *
 * @param manager for whom tokens must be issued
 */
public record TokenCheck(ManagerId manager) {

    private static final Duration LEEWAY = Duration.ofSeconds(30);
    private static final int LONGEST_TOKEN = 4096;

    /** What a token is worth. */
    public sealed interface Verdict {}

    /** It holds. */
    public record Holds(Person person) implements Verdict {}

    /** It held once. */
    public record Expired() implements Verdict {}

    /** It never held here; the sentence says why. */
    public record Refused(String reason) implements Verdict {}

    /** What the token is worth at that moment. */
    public Verdict of(String token, TrustedKeys keys, Instant now) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || token.length() > LONGEST_TOKEN) {
            return new Refused("The token is none: it must have three parts.");
        }
        try {
            Base64.Decoder decoder = Base64.getUrlDecoder();
            byte[] text = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
            if (!"ES256".equals(json(parts[0]).getValue("alg"))) {
                return new Refused("The token is not signed with ES256.");
            }
            return keys.signed(text, decoder.decode(parts[2]))
                    ? claims(json(parts[1]), now)
                    : new Refused("The token is not signed by the Server of this Manager.");
        } catch (DecodeException | IllegalArgumentException | ClassCastException malformed) {
            return new Refused("The token is malformed.");
        }
    }

    private Verdict claims(JsonObject claims, Instant now) {
        Optional<Instant> expires = moment(claims, "exp");
        if (expires.isEmpty()) {
            return new Refused("The token never expires.");
        }
        if (expires.get().isBefore(now)) {
            return new Expired();
        }
        if (early(claims, "iat", now) || early(claims, "nbf", now)) {
            return new Refused("The token does not hold yet; compare the clocks of Server and Manager.");
        }
        if (!isForUs(claims.getValue("aud"))) {
            return new Refused("The token was issued for another Manager.");
        }
        return claims.getValue("sub") instanceof String user && !user.isEmpty()
                ? new Holds(new Person(user, name(claims, user), role(claims.getValue("roles"))))
                : new Refused("The token names no user.");
    }

    private static boolean early(JsonObject claims, String claim, Instant now) {
        return moment(claims, claim)
                .filter(since -> since.isAfter(now.plus(LEEWAY)))
                .isPresent();
    }

    private boolean isForUs(Object audience) {
        return audience instanceof JsonArray several
                ? several.contains(manager.hex())
                : manager.hex().equals(audience);
    }

    private static String name(JsonObject claims, String user) {
        return claims.getValue("name") instanceof String name && !name.isBlank() ? name : user;
    }

    /** Servers that know no roles issue tokens only to those who may do everything. */
    private static FarmRole role(Object roles) {
        if (!(roles instanceof JsonArray list)) {
            return FarmRole.ADMIN;
        }
        return list.stream()
                .flatMap(word -> FarmRole.parse(String.valueOf(word)).stream())
                .max(FarmRole::compareTo)
                .orElse(FarmRole.VIEWER);
    }

    /** Seconds since 1970, perhaps with a fraction, which does not count. */
    private static Optional<Instant> moment(JsonObject claims, String claim) {
        Object value = claims.getValue(claim);
        return value instanceof Number seconds
                ? Optional.of(Instant.ofEpochSecond(Math.clamp(seconds.longValue(), 0, 253_402_300_799L)))
                : Optional.empty();
    }

    private static JsonObject json(String part) {
        return new JsonObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }
}
