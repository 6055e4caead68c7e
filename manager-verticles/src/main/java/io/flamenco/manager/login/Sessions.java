package io.flamenco.manager.login;

import io.flamenco.shared.http.Credentials;
import io.flamenco.shared.secret.SecretFiles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sessions of people who logged in at the Manager itself: with the one-time key of this start, which is worth nothing
 * afterwards, or with the API token. Nothing of it is stored. Safe for several event loops.
 */
public final class Sessions {

    /** How long a session lasts. */
    public static final Duration LASTS = Duration.ofHours(12);

    private static final int MOST = 1000;

    private final Clock clock;
    private final String apiToken;
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private String oneTimeKey = SecretFiles.newSecret();

    private record Session(Person person, Instant until) {}

    public Sessions(Clock clock, String apiToken) {
        this.clock = clock;
        this.apiToken = apiToken;
    }

    /** The key that logs its holder in once; empty when it was used. */
    public synchronized String oneTimeKey() {
        return oneTimeKey;
    }

    /** A new session for who shows the one-time key or the API token. */
    public synchronized Optional<String> begin(String shown) {
        boolean once = !oneTimeKey.isEmpty() && Credentials.sameSecret(shown, oneTimeKey);
        if (!once && !Credentials.sameSecret(shown, apiToken)) {
            return Optional.empty();
        }
        if (once) {
            oneTimeKey = "";
        }
        Instant now = clock.instant();
        sessions.values().removeIf(session -> session.until().isBefore(now));
        if (sessions.size() >= MOST) {
            sessions.remove(sessions.keySet().iterator().next());
        }
        String id = SecretFiles.newSecret();
        sessions.put(id, new Session(once ? Person.OWNER : Person.API_TOKEN, now.plus(LASTS)));
        return Optional.of(id);
    }

    /** Whose session it is; empty when there is none, or not any more. */
    public synchronized Optional<Person> person(String id) {
        return Optional.ofNullable(sessions.get(id))
                .filter(session -> session.until().isAfter(clock.instant()))
                .map(Session::person);
    }

    /** Ends the session. */
    public synchronized void end(String id) {
        sessions.remove(id);
    }
}
