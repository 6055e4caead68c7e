package io.flamenco.e2e;

import static io.flamenco.e2e.Patience.PATIENCE;
import static org.awaitility.Awaitility.await;

import io.flamenco.e2e.FlamencoProcess.Outcome;
import io.flamenco.shared.id.ManagerId;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Server, one or more Managers, and Workers, each a process of its own, that can be started, killed and started again.
 */
final class SplitFarm implements AutoCloseable {

    private static final String SECRET = "the-secret-that-links-the-server-to-";
    private static final String MANAGER = "manager";

    private final Path directory;
    private final int serverPort = Ports.free();
    private final Map<String, Place> managers = new LinkedHashMap<>();
    private final Map<String, FlamencoProcess> running = new LinkedHashMap<>();

    /** Where a Manager listens, and who it is to the Server. */
    private record Place(int port, ManagerId id) {}

    /** A farm with one Manager that keeps everything below the directory; nothing runs yet. */
    SplitFarm(Path directory) throws IOException {
        this(directory, MANAGER);
    }

    /** A farm with Managers of these names. */
    SplitFarm(Path directory, String... managers) throws IOException {
        this.directory = directory;
        StringBuilder server = new StringBuilder("""
                listen: 127.0.0.1:%d
                allow_exec_command: true
                managers:
                """.formatted(serverPort));
        for (String manager : managers) {
            Place place = new Place(Ports.free(), ManagerId.next());
            this.managers.put(manager, place);
            server.append(
                    "  - {id: \"%s\", name: \"%s\", secret: \"%s\"}\n".formatted(place.id(), manager, secret(manager)));
            writeManager(manager, place);
        }
        Files.writeString(directory.resolve("server.yaml"), server);
    }

    private void writeManager(String name, Place place) throws IOException {
        Files.writeString(
                directory.resolve(name + ".yaml"), """
                listen: 127.0.0.1:%d
                flamenco: http://127.0.0.1:%d/
                manager_id: %s
                manager_secret: %s
                download_task_sleep: 500ms
                download_task_recheck_throttle: 500ms
                task_update_push_max_interval: 200ms
                cancel_task_fetch_max_interval: 1s
                ssdp_discovery: false
                variables:
                  blender:
                    direction: oneway
                    values: [{audience: all, platforms: [linux, darwin, windows], value: blender}]
                  ffmpeg:
                    direction: oneway
                    values: [{audience: all, platforms: [linux, darwin, windows], value: ffmpeg}]
                """.formatted(place.port(), serverPort, place.id(), secret(name)));
    }

    void startAll(String... workers) throws IOException {
        startServer();
        startManager();
        for (String worker : workers) {
            startWorker(worker);
        }
    }

    void startServer() throws IOException {
        start("server", "server", "--config", directory.resolve("server.yaml").toString());
        awaitAnswer(server());
    }

    void startManager() throws IOException {
        startManager(MANAGER);
    }

    void startManager(String name) throws IOException {
        start(name, "manager", "--config", directory.resolve(name + ".yaml").toString());
        awaitAnswer(new Rest(place(name).port()));
    }

    void startWorker(String name) throws IOException {
        startWorker(name, MANAGER);
    }

    /** Starts a Worker of that Manager, which must have been started. */
    void startWorker(String name, String manager) throws IOException {
        Path secret = data(manager).resolve("manager").resolve("worker-registration-secret");
        Path file = directory.resolve(name + ".yaml");
        Files.writeString(file, """
                manager_url: http://127.0.0.1:%d/
                worker_registration_secret: %s
                nickname: %s
                push_log_max_interval_seconds: 0.5
                may_i_run_interval_seconds: 1
                long_poll_seconds: 5
                """.formatted(
                        place(manager).port(), Files.readString(secret).strip(), name));
        start(name, "worker", "--config", file.toString());
    }

    /** Kills one of them as a power cut would. */
    void kill(String name) throws InterruptedException {
        process(name).kill();
    }

    /** The log that it has written, over all its lives. */
    String log(String name) throws IOException {
        return process(name).log();
    }

    FlamencoProcess process(String name) {
        FlamencoProcess process = running.get(name);
        if (process == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return process;
    }

    Rest server() {
        return new Rest(serverPort);
    }

    Rest manager() {
        return new Rest(place(MANAGER).port());
    }

    /** The id by which the Server knows the Manager. */
    ManagerId managerId(String name) {
        return place(name).id();
    }

    Path serverData() {
        return data("server");
    }

    /** The Manager's API token. */
    String managerToken() throws IOException {
        return Files.readString(data(MANAGER).resolve("manager").resolve("api-token"))
                .strip();
    }

    /** A link to a page of the Manager that logs a browser in. */
    String managerPage(String path) throws IOException {
        return manager().url(path + "#key=" + managerToken()).toString();
    }

    /** The Server's API token. */
    String token() throws IOException {
        return Files.readString(tokenFile()).strip();
    }

    /** Submits a job from the command line. */
    Outcome submit(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("submit"));
        all.addAll(List.of(arguments));
        all.addAll(List.of(
                "--server",
                server().url("").toString(),
                "--token-file",
                tokenFile().toString()));
        return FlamencoProcess.run(directory, Duration.ofMinutes(3), all.toArray(String[]::new));
    }

    /** The job as the Server shows it. */
    JsonObject job(String id) throws IOException, InterruptedException {
        return server().read("api/v1/jobs/" + id).json();
    }

    @Override
    public void close() {
        List<FlamencoProcess> all = new ArrayList<>(running.values());
        for (FlamencoProcess process : all.reversed()) {
            process.close();
        }
    }

    private void start(String name, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data(name).toString()));
        running.put(name, FlamencoProcess.start(name, directory, Map.of(), all.toArray(String[]::new)));
    }

    /** Each Manager has its own: the Server knows it by that. */
    private static String secret(String manager) {
        return SECRET + manager;
    }

    private Place place(String manager) {
        Place place = managers.get(manager);
        if (place == null) {
            throw new IllegalArgumentException("The farm has no Manager " + manager);
        }
        return place;
    }

    private void awaitAnswer(Rest role) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(role::answers);
    }

    private Path data(String name) {
        return directory.resolve(name + "-data");
    }

    private Path tokenFile() {
        return data("server").resolve("server").resolve("api-token");
    }
}
