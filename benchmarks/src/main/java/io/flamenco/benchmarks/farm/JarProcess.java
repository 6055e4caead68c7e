package io.flamenco.benchmarks.farm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A role of the real jar as a process of its own. Blocks. */
public final class JarProcess {

    private static final Duration UP_WITHIN = Duration.ofMinutes(3);
    private static final Duration DOWN_WITHIN = Duration.ofSeconds(60);
    private static final int SHOWN_LINES = 20;

    private final Process process;
    private final Path log;

    private JarProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts the role with that configuration; does not wait for it. */
    static JarProcess start(Launch launch, String role, Map<String, String> settings) {
        if (!Files.isRegularFile(launch.jar())) {
            throw new IllegalStateException("There is no jar of the farm at " + launch.jar()
                    + "; build it with mvn -DskipTests -pl packaging -am package, or name it with --jar.");
        }
        try {
            Files.createDirectories(launch.directory());
            Path configuration = launch.directory().resolve(role + ".yaml");
            Files.writeString(configuration, yaml(settings));
            Path log = launch.directory().resolve(role + ".log");
            Process process = new ProcessBuilder(command(launch, role, configuration))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new JarProcess(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException("The " + role + " could not be started from " + launch.jar(), e);
        }
    }

    /** A port that was free a moment ago. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No port is free.", e);
        }
    }

    /** Settings as a file holds them; values are YAML already. */
    static String yaml(Map<String, String> settings) {
        StringBuilder yaml = new StringBuilder();
        settings.forEach(
                (key, value) -> yaml.append(key).append(": ").append(value).append('\n'));
        return yaml.toString();
    }

    /**
     * Waits until the URL is answered, however.
     *
     * @throws IllegalStateException when the process ends or does not answer in time; shows the end of its log
     */
    void awaitAnswer(URI url) {
        long deadline = System.nanoTime() + UP_WITHIN.toNanos();
        while (!answers(url)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IllegalStateException("The process did not come up; the end of its log:\n" + endOfLog());
            }
            Pause.of(Duration.ofMillis(50));
        }
    }

    long pid() {
        return process.pid();
    }

    /** Ends it as the operating system would, and by force when that takes more than a minute. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(DOWN_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(Launch launch, String role, Path configuration) {
        List<String> command = new ArrayList<>();
        command.add(launch.java());
        command.addAll(launch.javaOptions());
        command.addAll(List.of("-jar", launch.jar().toString(), role));
        command.addAll(List.of("-c", configuration.toString()));
        command.addAll(List.of("--data", launch.data().toString()));
        return command;
    }

    private static boolean answers(URI url) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(2)).build();
            return client.send(request, BodyHandlers.discarding()).statusCode() > 0;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException("The log cannot be read: " + log, e);
        }
    }

    /**
     * How to start a role.
     *
     * @param java the command that runs Java
     * @param javaOptions options for Java, such as {@code -Xmx1g}
     * @param jar the fat jar
     * @param directory for configuration, data and log; made when absent
     */
    public record Launch(String java, List<String> javaOptions, Path jar, Path directory) {

        /** The directory of all roles' data. */
        public Path data() {
            return directory.resolve("data");
        }
    }
}
