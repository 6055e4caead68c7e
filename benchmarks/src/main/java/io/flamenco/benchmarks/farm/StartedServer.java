package io.flamenco.benchmarks.farm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The real jar's Server as a process of its own, with Managers that are only known to it. Blocks. */
public final class StartedServer implements AutoCloseable {

    private final JarProcess process;
    private final URI url;
    private final String token;

    private StartedServer(JarProcess process, URI url, String token) {
        this.process = process;
        this.url = url;
        this.token = token;
    }

    /** Starts it with that many Managers in its configuration and waits until it answers over HTTP. */
    public static StartedServer start(JarProcess.Launch launch, int managers, Map<String, String> more) {
        int port = JarProcess.freePort();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen", "127.0.0.1:" + port);
        settings.put("managers", managers(managers));
        settings.putAll(more);
        URI url = URI.create("http://127.0.0.1:" + port + "/");
        JarProcess process = JarProcess.start(launch, "server", settings);
        process.awaitAnswer(url.resolve("api/v1/jobs"));
        try {
            String token =
                    Files.readString(launch.data().resolve("server/api-token")).strip();
            return new StartedServer(process, url, token);
        } catch (IOException e) {
            process.stop();
            throw new UncheckedIOException("The Server's token cannot be read.", e);
        }
    }

    /** The id of the Manager with that number, from 0. */
    public static String managerId(int number) {
        return "5f00000000000000" + HexFormat.of().toHexDigits(number, 8);
    }

    /** The secret of the Manager with that number. */
    public static String managerSecret(int number) {
        return "secret-of-the-benchmarks-manager-" + number;
    }

    /** Where it listens. */
    public URI url() {
        return url;
    }

    /** What state-changing calls of the REST API need. */
    public String token() {
        return token;
    }

    /** Its processor time and memory now. */
    public ProcessFigures figures() {
        return ProcessFigures.of(process.pid());
    }

    @Override
    public void close() {
        process.stop();
    }

    private static String managers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        "{id: \"" + managerId(i) + "\", name: Manager " + i + ", secret: " + managerSecret(i) + "}")
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
