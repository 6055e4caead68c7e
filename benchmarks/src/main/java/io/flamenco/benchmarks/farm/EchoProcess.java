package io.flamenco.benchmarks.farm;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The least that a Vert.x server can do for a request: it answers each one with the same JSON, in a process of its own
 * with one event loop per core. What a Manager's call costs above this is the Manager's own doing.
 */
public final class EchoProcess implements ManagerUnderTest {

    private final Process process;
    private final URI url;

    private EchoProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** Starts the process from the same class path as this one, and waits until it listens. */
    public static EchoProcess start() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try {
            Process process = new ProcessBuilder(
                            java, "-cp", System.getProperty("java.class.path"), EchoProcess.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
            String port = reader.readLine();
            if (port == null) {
                throw new IllegalStateException("The echo server ended before it listened.");
            }
            return new EchoProcess(process, URI.create("http://127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException("The echo server could not be started.", e);
        }
    }

    /** Runs the server in this process and prints its port. */
    public static void main(String[] arguments) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        int perCore = Runtime.getRuntime().availableProcessors();
        Vertx.vertx()
                .deployVerticle(() -> new Echo(port), new DeploymentOptions().setInstances(perCore))
                .onSuccess(deployed -> System.out.println(port))
                .onFailure(failure -> System.exit(1));
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public String joinSecret() {
        return "";
    }

    @Override
    public OptionalLong pid() {
        return OptionalLong.of(process.pid());
    }

    @Override
    public void close() {
        process.destroy();
    }

    private static final class Echo extends VerticleBase {

        private static final Buffer ANSWER =
                Buffer.buffer("{\"_id\":\"5f1000000000000000000000\",\"may_keep_running\":true}\n");

        private final int port;

        Echo(int port) {
            this.port = port;
        }

        @Override
        public Future<?> start() {
            return vertx.createHttpServer()
                    .requestHandler(request -> request.response()
                            .putHeader("Content-Type", "application/json")
                            .end(ANSWER))
                    .listen(port, "127.0.0.1");
        }
    }
}
