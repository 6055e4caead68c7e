package io.flamenco.e2e;

import static io.flamenco.e2e.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real jar, run with some arguments. */
final class FlamencoProcess implements AutoCloseable {

    /** Where the clone is in which this test runs. */
    static final Path HOME =
            Path.of(System.getProperty("flamenco.home", "..")).toAbsolutePath().normalize();

    private static final Path JAR = HOME.resolve("packaging").resolve("target").resolve("flamenco.jar");
    private static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xlog:disable");
    private final Process process;
    private final Path out;
    private final Path err;

    /** What a process left behind. */
    record Outcome(int exitCode, String out, String err) {}

    private FlamencoProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts it.
     *
     * @param name names the files of its output
     * @param directory where it runs, and where the files of its output are
     * @param environment variables that differ from this process's
     */
    static FlamencoProcess start(String name, Path directory, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(JAVA);
        command.addAll(List.of("-XX:SharedArchiveFile=" + ClassArchive.of(JAR, JAVA), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        Path out = directory.resolve(name + ".out");
        Path err = directory.resolve(name + ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()));
        builder.environment().putAll(environment);
        return new FlamencoProcess(builder.start(), out, err);
    }

    /** Runs it to its end. */
    static Outcome run(Path directory, Duration within, String... arguments) throws Exception {
        Path own = Files.createTempDirectory(directory, "run-");
        try (FlamencoProcess process = start("run", own, Map.of(), arguments)) {
            return process.outcome(within);
        }
    }

    /** Its outcome, once it has ended by itself. */
    Outcome outcome(Duration within) throws InterruptedException, IOException {
        boolean ended = process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(ended)
                .as("ended within %s; it said: %s %s", within, text(out), text(err))
                .isTrue();
        return new Outcome(process.exitValue(), text(out), text(err));
    }

    /** The first group of what it prints, once it has printed it; text that may still go on does not count. */
    String said(String pattern) {
        Pattern whole = Pattern.compile(pattern + "\\s");
        return await().atMost(PATIENCE)
                .until(() -> whole.matcher(text(out)), Matcher::find)
                .group(1);
    }

    /** What it has written to its error stream so far, which is its log. */
    String log() throws IOException {
        return text(err);
    }

    /** Sends it a signal, such as USR1. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("/bin/kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).as("signalled").isZero();
    }

    /** Kills it as a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("killed")
                .isTrue();
    }

    /** Asks it to end, and waits for that. */
    int terminate() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("ended after SIGTERM")
                .isTrue();
        return process.exitValue();
    }

    /** Asks it to end, and kills it when it does not; it has ended then, and writes no more. */
    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .exceptionallyCompose(tooLong -> process.destroyForcibly().onExit())
                .join();
    }

    /** What is being written meanwhile may end in the middle of a character. */
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
