package io.flamenco.e2e;

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

/** A Server, a Manager and Workers, each a process of its own, that can be started, killed and started again. */
final class SplitFarm implements AutoCloseable {

    private static final Duration UP_WITHIN = Duration.ofSeconds(30);
    private static final String SECRET = "the-secret-that-links-them";

    private final Path directory;
    private final int serverPort = Ports.free();
    private final int managerPort = Ports.free();
    private final ManagerId managerId = ManagerId.next();
    private final Map<String, FlamencoProcess> running = new LinkedHashMap<>();

    /** A farm that keeps everything below the directory; nothing runs yet. */
    SplitFarm(Path directory) throws IOException {
        this.directory = directory;
        Files.writeString(directory.resolve("server.yaml"), """
                listen: 127.0.0.1:%d
                managers:
                  - id: %s
                    name: Studio
                    secret: %s
                """.formatted(serverPort, managerId, SECRET));
        Files.writeString(directory.resolve("manager.yaml"), """
                listen: 127.0.0.1:%d
                flamenco: http://127.0.0.1:%d/
                manager_id: %s
                manager_secret: %s
                download_task_sleep: 2s
                download_task_recheck_throttle: 500ms
                task_update_push_max_interval: 500ms
                cancel_task_fetch_max_interval: 1s
                ssdp_discovery: false
                variables:
                  blender:
                    direction: oneway
                    values: [{audience: all, platforms: [linux, darwin, windows], value: blender}]
                  ffmpeg:
                    direction: oneway
                    values: [{audience: all, platforms: [linux, darwin, windows], value: ffmpeg}]
                """.formatted(managerPort, serverPort, managerId, SECRET));
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
        start(
                "manager",
                "manager",
                "--config",
                directory.resolve("manager.yaml").toString());
        awaitAnswer(manager());
    }

    void startWorker(String name) throws IOException {
        Path secret = data("manager").resolve("manager").resolve("worker-registration-secret");
        Path file = directory.resolve(name + ".yaml");
        Files.writeString(
                file, """
                manager_url: http://127.0.0.1:%d/
                worker_registration_secret: %s
                nickname: %s
                push_log_max_interval_seconds: 0.5
                may_i_run_interval_seconds: 1
                long_poll_seconds: 5
                """.formatted(managerPort, Files.readString(secret).strip(), name));
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
        return new Rest(managerPort);
    }

    Path serverData() {
        return data("server");
    }

    /** The Manager's API token. */
    String managerToken() throws IOException {
        return Files.readString(data("manager").resolve("manager").resolve("api-token"))
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

    private void awaitAnswer(Rest role) {
        await().atMost(UP_WITHIN).pollInterval(Duration.ofMillis(100)).until(role::answers);
    }

    private Path data(String name) {
        return directory.resolve(name + "-data");
    }

    private Path tokenFile() {
        return data("server").resolve("server").resolve("api-token");
    }
}
