package io.flamenco.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A program that was run to its end.
 *
 * @param text what it wrote
 */
record Run(int exitCode, String text) {

    private static final long PATIENCE_MINUTES = 10;

    static Run of(Map<String, String> environment, List<String> command) throws Exception {
        Path output = Files.createTempFile("run", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String text = readAndDelete(output);
        return ended ? new Run(process.exitValue(), text) : Assertions.fail(command + " does not end:\n" + text);
    }

    static Run of(String... command) throws Exception {
        return of(Map.of(), List.of(command));
    }

    /** Where a program is; skips the test aloud where it is not installed. */
    static Path wanted(String program) {
        Optional<Path> found = Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
        assume(found.isPresent(), program + " is not installed");
        return found.orElseThrow();
    }

    /** Skips the test aloud unless the condition holds. */
    static void assume(boolean condition, String otherwise) {
        if (!condition) {
            System.out.println("SKIPPED: " + otherwise + ".");
        }
        Assumptions.assumeTrue(condition, otherwise);
    }

    private static String readAndDelete(Path output) throws IOException {
        String text = Files.readString(output, StandardCharsets.UTF_8);
        Files.delete(output);
        return text;
    }
}
