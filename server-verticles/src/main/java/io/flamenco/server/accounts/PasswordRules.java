package io.flamenco.server.accounts;

import com.nulabinc.zxcvbn.Zxcvbn;
import io.flamenco.shared.http.HttpFailure;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which passwords people may choose: long ones, and none that are among the first that somebody would try. There are no rules
 * of composition (OWASP ASVS 2.1).
 */
final class PasswordRules {

    static final int SHORTEST = 12;
    static final int LONGEST = 256;

    /** Looking at more of it takes seconds; whoever begins with so many good characters has a good password. */
    private static final int LOOKED_AT = 32;

    /** What the lists of common passwords do not know of. */
    private static final List<String> FARM_WORDS = List.of("flamenco", "blender", "render");

    /** Of the marks 0 to 4, one that takes a hundred million guesses: more than a log-in lets through in a hundred years. */
    private static final int LEAST_MARK = 2;

    private PasswordRules() {}

    /** Fails with status 422 when it is too short or too long. */
    static void checkLength(String password) {
        if (password.length() < SHORTEST || password.length() > LONGEST || password.isBlank()) {
            throw new HttpFailure(422, "A password has " + SHORTEST + " to " + LONGEST + " characters.");
        }
    }

    /** Fails with status 422 when it is easily guessed. Takes up to a second, also to load its lists, which nobody needs for long; call it off the event loops. */
    static void checkGuesses(String password, String userName) {
        String looked = password.substring(0, Math.min(LOOKED_AT, password.length()));
        List<String> known =
                Stream.concat(FARM_WORDS.stream(), Stream.of(userName)).toList();
        if (new Zxcvbn().measure(looked, known).getScore() < LEAST_MARK) {
            throw new HttpFailure(
                    422,
                    "This password is among the first that somebody would try: it is common, a name or a pattern. Take some"
                            + " words that do not belong together.");
        }
    }
}
