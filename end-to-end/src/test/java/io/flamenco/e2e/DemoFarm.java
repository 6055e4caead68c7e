package io.flamenco.e2e;

import static io.flamenco.e2e.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The demonstration farm of one Worker in one process, whose first job is done. Its Worker reports every half second; its pools are
 * fakes.
 */
final class DemoFarm implements AutoCloseable {

    private static final String WORKER = "worker-1";
    private static final String SETTINGS = """
            server:
              allow_exec_command: true
            manager:
              manager_name: Nave 3
              dynamic_pool_platforms:
                azure: { location: westeurope, batch_account_name: studio, fake: true }
            worker:
              push_log_max_interval_seconds: 0.5
            """;

    private final Path data;
    private final FlamencoProcess process;
    private final Rest server;
    private final Rest manager;

    /** Starts it with everything below the directory, and waits until its first job has completed. */
    DemoFarm(Path directory) throws IOException {
        int serverPort = Ports.free();
        int managerPort = Ports.free();
        data = directory.resolve("farm");
        server = new Rest(serverPort);
        manager = new Rest(managerPort);
        Path settings = Files.writeString(directory.resolve("farm.yaml"), SETTINGS);
        process = FlamencoProcess.start(
                "demo",
                directory,
                Map.of(),
                "demo",
                "--without-blender",
                "--workers=1",
                "--config=" + settings,
                "--data=" + data,
                "--server-port=" + serverPort,
                "--manager-port=" + managerPort);
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptions()
                    .until(() -> firstJob().getString("status").equals("completed"));
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    Rest manager() {
        return manager;
    }

    Rest server() {
        return server;
    }

    /** What a page of the Server is made of. */
    Rest.Answer onServer(String path) throws Exception {
        return server.readAs(token("server"), "api/v1/" + path);
    }

    /** A page of the Server. */
    String serverPage(String path) {
        return server.url(path).toString();
    }

    /** A page of the Manager. */
    String managerPage(String path) {
        return manager.url(path).toString();
    }

    /** The link that the demo printed, which logs a browser in at the Server. */
    String loginLink() {
        return process.said("Log in +(\\S+)");
    }

    String managerToken() throws IOException {
        return token("manager");
    }

    /** The job with which the demonstration begins; later ones stand before it. */
    JsonObject firstJob() throws Exception {
        JsonArray jobs = list(server, token("server"), "jobs");
        return jobs.getJsonObject(jobs.size() - 1);
    }

    /** The id of a task of that job; those of later ones may have written nothing yet. */
    String taskOfFirstJob() throws Exception {
        String job = firstJob().getString("id");
        return onServer("jobs/" + job + "/tasks")
                .json()
                .getJsonArray("tasks")
                .getJsonObject(0)
                .getString("id");
    }

    /** The Worker that works, among those that are there beside it. */
    JsonObject worker() throws Exception {
        return list(manager, managerToken(), "workers").stream()
                .map(JsonObject.class::cast)
                .filter(worker -> worker.getString("nickname").equals(WORKER))
                .findFirst()
                .orElseThrow();
    }

    /** What a new Worker has to know. */
    String registrationSecret() throws IOException {
        return Files.readString(data.resolve("link").resolve("worker-registration-secret"))
                .strip();
    }

    /** The tasks that the Manager knows, with a query such as {@code ?status=active}. */
    JsonArray tasks(String query) throws Exception {
        return manager.readAs(managerToken(), "api/v1/tasks" + query).json().getJsonArray("tasks");
    }

    /** The file of a task's log as the Manager has it now. */
    String log(String task) throws Exception {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] piece = logFrom(task, 0); piece.length > 0; piece = logFrom(task, whole.size())) {
            whole.write(piece);
        }
        return whole.toString(StandardCharsets.UTF_8);
    }

    private byte[] logFrom(String task, int offset) throws Exception {
        String path = "api/v1/tasks/" + task + "/log?from=" + offset;
        return manager.readAs(managerToken(), path).body().getBytes(StandardCharsets.UTF_8);
    }

    /** Submits a job of one task that runs a program, and answers its id. */
    String submitProgram(String name, String command) throws Exception {
        JsonObject job = new JsonObject()
                .put("name", name)
                .put("job_type", "exec-command")
                .put("settings", new JsonObject().put("cmd", command));
        Rest.Answer answer = server.send("api/v1/jobs", token("server"), job.encode());
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().getString("id");
    }

    /** Submits a job of one task that runs until there is a file, and answers its id. */
    String submitUntil(String name, Path file) throws Exception {
        return submitProgram(name, "sh -c 'while [ ! -e " + file + " ]; do sleep 0.1; done'");
    }

    @Override
    public void close() {
        process.close();
    }

    private String token(String role) throws IOException {
        return Files.readString(data.resolve(role).resolve("api-token")).strip();
    }

    private static JsonArray list(Rest role, String token, String what) throws Exception {
        return role.readAs(token, "api/v1/" + what).json().getJsonArray(what);
    }
}
