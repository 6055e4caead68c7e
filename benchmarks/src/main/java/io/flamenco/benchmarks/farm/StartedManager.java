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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The real jar's Manager as a process of its own, with a configuration and a data directory made for it. Blocks. */
public final class StartedManager implements ManagerUnderTest {

    private static final String JOIN_SECRET = "join-secret-of-the-benchmarks";
    private static final Duration UP_WITHIN = Duration.ofSeconds(60);
    private static final Duration DOWN_WITHIN = Duration.ofSeconds(60);
    private static final int SHOWN_LINES = 20;

    private final Process process;
    private final URI url;
    private final Path log;

    private StartedManager(Process process, URI url, Path log) {
        this.process = process;
        this.url = url;
        this.log = log;
    }

    /**
     * How to start it.
     *
     * @param java the command that runs Java
     * @param javaOptions options for Java, such as {@code -Xmx1g}
     * @param jar the fat jar
     * @param directory for configuration, data and log; made when absent
     * @param settings lines of the configuration, key to value, over those made here
     */
    public record Launch(
            String java, List<String> javaOptions, Path jar, Path directory, Map<String, String> settings) {}

    /**
     * Starts it and waits until it answers over HTTP.
     *
     * @throws IllegalStateException when it ends or does not answer within a minute; shows the end of its log
     */
    public static StartedManager start(Launch launch, URI server) {
        if (!Files.isRegularFile(launch.jar())) {
            throw new IllegalStateException("There is no jar of the Manager at " + launch.jar()
                    + "; build it with mvn -DskipTests -pl packaging -am package, or name it with --jar.");
        }
        try {
            Files.createDirectories(launch.directory());
            int port = freePort();
            Path configuration = launch.directory().resolve("manager.yaml");
            Files.writeString(configuration, configuration(port, server, launch.settings()));
            Path log = launch.directory().resolve("manager.log");
            Process process = new ProcessBuilder(command(launch, configuration))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            StartedManager manager = new StartedManager(process, URI.create("http://127.0.0.1:" + port), log);
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            manager.awaitAnswer();
            return manager;
        } catch (IOException e) {
            throw new UncheckedIOException("The Manager could not be started from " + launch.jar(), e);
        }
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public String joinSecret() {
        return JOIN_SECRET;
    }

    @Override
    public OptionalLong pid() {
        return OptionalLong.of(process.pid());
    }

    @Override
    public void close() {
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

    static String configuration(int port, URI server, Map<String, String> settings) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("_meta", "{version: 2}");
        lines.put("manager_name", "Benchmark");
        lines.put("listen", "127.0.0.1:" + port);
        lines.put("flamenco", server.toString());
        lines.put("manager_id", "5f0000000000000000000001");
        lines.put("manager_secret", "secret-of-the-benchmarks");
        lines.put("worker_registration_secret", JOIN_SECRET);
        lines.put("download_task_sleep", "1s");
        lines.put("active_worker_timeout_interval", "1h");
        lines.put("ssdp_discovery", "false");
        lines.put("shaman", "{enabled: false}");
        lines.putAll(settings);
        StringBuilder yaml = new StringBuilder();
        lines.forEach(
                (key, value) -> yaml.append(key).append(": ").append(value).append('\n'));
        return yaml.toString();
    }

    private static List<String> command(Launch launch, Path configuration) {
        List<String> command = new ArrayList<>();
        command.add(launch.java());
        command.addAll(launch.javaOptions());
        command.addAll(List.of("-jar", launch.jar().toString(), "manager"));
        command.addAll(List.of("-c", configuration.toString()));
        command.addAll(List.of("--data", launch.directory().resolve("data").toString()));
        return command;
    }

    private void awaitAnswer() throws IOException {
        long deadline = System.nanoTime() + UP_WITHIN.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IllegalStateException("The Manager did not come up; the end of its log:\n" + endOfLog());
            }
            Pause.of(Duration.ofMillis(50));
        }
    }

    /** Any answer will do: a Worker without credentials is refused by a Manager that is up. */
    private boolean answers() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(url.resolve("/status-change"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 401;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String endOfLog() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
