package io.flamenco.cli;

import io.flamenco.cli.process.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks the person at the terminal before something is thrown away. */
final class Consent {

    private static final Set<String> YES = Set.of("", "y", "yes");

    private final InputStream answers;

    /**
     * @param answers what the person types
     */
    Consent(InputStream answers) {
        this.answers = answers;
    }

    /**
     * Returns when the person agrees: with Enter alone, as the original Manager has it, or with {@code yes}.
     *
     * @throws CommandFailure on any other answer, and when there is nobody to answer
     */
    void ask(PrintWriter out) {
        out.print("Press Enter to go on; answer no, or press Ctrl+C, to leave everything as it is: ");
        out.flush();
        String answer = line();
        if (answer == null) {
            out.println();
            throw CommandFailure.of(
                    "Nobody is there to answer, so nothing was changed; to go on without being asked, add" + " --yes.");
        }
        if (!YES.contains(answer.strip().toLowerCase(Locale.ROOT))) {
            throw CommandFailure.of("Nothing was changed.");
        }
    }

    private @Nullable String line() {
        try {
            return new BufferedReader(new InputStreamReader(answers, StandardCharsets.UTF_8)).readLine();
        } catch (IOException nothingToReadFrom) {
            return null;
        }
    }
}
