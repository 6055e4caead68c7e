package io.flamenco.e2e;

import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Programs that a test cannot do without. Where they are missing it is skipped aloud; with CI=true it fails. */
final class Wanted {

    private Wanted() {}

    /** Where the program is; skips or fails the test when it is nowhere. */
    static Path program(String name) {
        Optional<Path> found = find(name);
        if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
            return fail("%s is not installed; .ci/run installs it.", name);
        }
        if (found.isEmpty()) {
            System.out.println("SKIPPED for want of " + name + "; .ci/run installs it.");
        }
        Assumptions.assumeTrue(found.isPresent(), name + " is not installed");
        return found.orElseThrow();
    }

    private static Optional<Path> find(String name) {
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(java.io.File.pathSeparator, -1))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
