package io.flamenco.server.accounts;

import io.flamenco.server.domain.Allowances;
import java.time.Duration;
import java.time.Instant;

/** Slows down whoever guesses passwords: per name and address, per address, and per name from wherever. */
final class LoginGuesses {

    private final Allowances pair = new Allowances(5, Duration.ofSeconds(30));
    private final Allowances address = new Allowances(30, Duration.ofSeconds(10));
    private final Allowances name = new Allowances(100, Duration.ofSeconds(10));

    Duration waitOf(String who, String from, Instant now) {
        Duration ofPair = pair.waitOf(who + " " + from, now);
        Duration ofAddress = address.waitOf(from, now);
        Duration ofName = name.waitOf(who, now);
        Duration longer = ofPair.compareTo(ofAddress) > 0 ? ofPair : ofAddress;
        return longer.compareTo(ofName) > 0 ? longer : ofName;
    }

    /** Counts before the password is checked, so that many guesses at once are no way around. */
    void tried(String who, String from, Instant now) {
        pair.count(who + " " + from, now);
        address.count(from, now);
        name.count(who, now);
    }

    void right(String who, String from) {
        pair.forgive(who + " " + from);
    }
}
