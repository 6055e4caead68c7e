package io.flamenco.server.accounts;

import io.flamenco.shared.http.RateLimit;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Slows down whoever guesses passwords: per name and address, per address, and per name from wherever. */
final class LoginGuesses {

    private final RateLimit pair;
    private final RateLimit address;
    private final RateLimit name;

    LoginGuesses(Clock clock) {
        this.pair = new RateLimit(clock, 5, Duration.ofSeconds(30));
        this.address = new RateLimit(clock, 30, Duration.ofSeconds(10));
        this.name = new RateLimit(clock, 100, Duration.ofSeconds(10));
    }

    /** How long to wait before the next try; empty when there is no need. */
    Optional<Duration> waiting(String who, String from) {
        return Stream.of(pair.waiting(who + " " + from), address.waiting(from), name.waiting(who))
                .flatMap(Optional::stream)
                .max(Duration::compareTo);
    }

    /** Counts before the password is checked, so that many guesses at once are no way around. */
    void tried(String who, String from) {
        pair.take(who + " " + from);
        address.take(from);
        name.take(who);
    }

    void right(String who, String from) {
        pair.forgive(who + " " + from);
    }
}
