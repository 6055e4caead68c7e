package io.flamenco.manager.http;

import io.flamenco.manager.login.KeyRing;
import io.flamenco.manager.login.Person;
import io.flamenco.manager.login.Sessions;
import io.flamenco.manager.login.TokenCheck;
import io.flamenco.shared.http.Credentials;
import io.flamenco.shared.id.ManagerId;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Knows which person sends a request: by the Manager's API token, by a token that the Server signed (both as Bearer token, the
 * latter also in the cookie {@code jwtToken}), or by a session of the Manager's own.
 *
 * @param manager for whom tokens of the Server must be issued; empty for a Manager that is not linked to one
 * @param open whether security is switched off
 */
public record People(
        Clock clock,
        String apiToken,
        Sessions sessions,
        SessionCookie cookie,
        KeyRing keys,
        Optional<ManagerId> manager,
        boolean open) {

    /** The cookie of the Flamenco 2 protocol. */
    static final String TOKEN_COOKIE = "jwtToken";

    /** Who sends a request. */
    sealed interface Sender {}

    /**
     * Somebody that is known.
     *
     * @param byCookie whether the browser sent the proof by itself
     */
    record Known(Person person, boolean byCookie) implements Sender {}

    /** Somebody whose token has expired. */
    record Expired() implements Sender {}

    /** Nobody that is known; the sentence says why not. */
    record Unknown(String reason) implements Sender {}

    /** Who sends the request. What is sent on purpose counts before what a browser sends by itself. */
    Sender sender(HttpServerRequest request) {
        if (open) {
            return new Known(Person.ANYBODY, false);
        }
        List<Sender> seen = new ArrayList<>();
        Credentials.bearer(request.getHeader("Authorization")).ifPresent(token -> seen.add(bearer(token, false)));
        cookie.sessions(request)
                .forEach(id -> sessions.person(id).ifPresent(person -> seen.add(new Known(person, true))));
        tokenCookies()
                .flatMap(name -> SessionCookie.values(request, name).stream())
                .forEach(token -> seen.add(bearer(token, true)));
        return seen.stream()
                .filter(Known.class::isInstance)
                .findFirst()
                .or(() -> seen.stream().filter(Expired.class::isInstance).findFirst())
                .or(() -> seen.stream().findFirst())
                .orElse(new Unknown(
                        "This needs a log-in: as a user of the Server, or with the API token, which stands in the file"
                                + " api-token of the Manager's data directory."));
    }

    /** Our pages keep the token under a name of its own for each Manager, which over HTTPS only this host can have set. */
    private Stream<String> tokenCookies() {
        Stream<String> ours = manager.stream().map(id -> TOKEN_COOKIE + "_" + id);
        return Stream.concat(ours.flatMap(name -> Stream.of(SessionCookie.HOST + name, name)), Stream.of(TOKEN_COOKIE));
    }

    /** Whose token it is. */
    Sender holder(String token) {
        return open ? new Known(Person.ANYBODY, false) : bearer(token, false);
    }

    private Sender bearer(String token, boolean byCookie) {
        if (Credentials.sameSecret(token, apiToken)) {
            return new Known(Person.API_TOKEN, byCookie);
        }
        if (manager.isEmpty()) {
            return new Unknown("The token is not the API token, and this Manager is not linked to a Server.");
        }
        return switch (new TokenCheck(manager.get()).of(token, keys.trusted(), clock.instant())) {
            case TokenCheck.Holds(Person person) -> new Known(person, byCookie);
            case TokenCheck.Expired expired -> new Expired();
            case TokenCheck.Refused(String reason) -> new Unknown(reason);
        };
    }
}
