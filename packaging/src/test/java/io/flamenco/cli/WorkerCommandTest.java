package io.flamenco.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code flamenco worker} with the options of the original's Worker, against a Manager that ends it after a while. */
class WorkerCommandTest {

    private static final String TASK = "58514d1e9837734f2e71b479";

    private final Vertx vertx = Vertx.vertx();
    private final List<String> calls = new ArrayList<>();
    private final List<JsonObject> registrations = new ArrayList<>();
    private boolean hasWork;
    private Path here;
    private Path data;
    private String manager = "";

    private record Outcome(int exitCode, String err) {}

    @BeforeEach
    void startManager(@TempDir Path temporary) throws Exception {
        here = temporary;
        data = here.resolve("data");
        HttpServer server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        manager = "http://127.0.0.1:" + server.actualPort() + "/";
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void a_manager_can_end_it() {
        Outcome outcome = run("--manager", manager);

        assertThat(outcome.exitCode()).isZero();
        assertThat(calls()).containsExactly("POST /register-worker", "POST /task", "POST /sign-off");
    }

    @Test
    void single_does_one_task_and_ends() {
        hasWork = true;

        Outcome outcome = run("--manager", manager, "-1");

        assertThat(outcome.exitCode()).isZero();
        assertThat(calls()).filteredOn("POST /task"::equals).hasSize(1);
        assertThat(calls()).contains("POST /tasks/" + TASK + "/update").endsWith("POST /sign-off");
    }

    @Test
    void test_takes_test_tasks_only() {
        run("--manager", manager, "-t");

        assertThat(registrations)
                .singleElement()
                .satisfies(registration -> assertThat(registration.getJsonArray("supported_task_types"))
                        .containsExactly("test-blender-render"));
        assertThat(calls()).contains("POST /ack-status-change/testing");
    }

    @Test
    void it_remembers_who_it_is_unless_it_is_told_to_register_anew() throws Exception {
        run("--manager", manager);
        restart();
        run("--manager", manager);
        assertThat(registrations).hasSize(1);
        assertThat(calls()).contains("POST /sign-on");

        restart();
        run("--manager", manager, "-r");

        assertThat(registrations).hasSize(2);
        assertThat(registrations.get(1).getString("secret"))
                .isNotEqualTo(registrations.getFirst().getString("secret"));
    }

    @Test
    void slots_are_workers_of_their_own() {
        Outcome outcome = run("--manager", manager, "--slots", "3");

        assertThat(outcome.exitCode()).isZero();
        assertThat(registrations).hasSize(3);
        assertThat(calls()).filteredOn("POST /sign-off"::equals).hasSize(3);
        assertThat(data.resolve("worker/slot-3/credentials.yaml")).exists();
    }

    @Test
    void a_file_of_the_original_is_read_and_keeps_the_credentials() throws Exception {
        Path file = Files.writeString(here.resolve("mine.cfg"), """
                [flamenco-worker]
                manager_url = %s
                task_types = sleep
                task_update_queue_db = %s
                subprocess_pid_file = %s
                """.formatted(
                        manager, here.resolve("updates.db"), here.resolve("subprocess.pid")));

        Outcome outcome = run("-c", file.toString(), "-v");

        assertThat(outcome.exitCode()).isZero();
        assertThat(registrations.getFirst().getJsonArray("supported_task_types"))
                .containsExactly("sleep");
        assertThat(Files.readString(file)).contains("worker_id = 5b5b5b5b5b5b5b5b5b5b5b5b", "task_types = sleep");
        assertThat(outcome.err()).contains("manager_url = " + manager, "task_types = sleep");
        data = here.resolve("elsewhere");
        run("-c", file.toString());
        assertThat(calls()).contains("POST /sign-on");
    }

    @Test
    void an_option_wins_over_the_file() throws Exception {
        Path file = Files.writeString(here.resolve("worker.yaml"), "manager_url: http://127.0.0.1:1/\n");

        assertThat(run("-c", file.toString(), "--manager", manager).exitCode()).isZero();
    }

    @Test
    void secrets_are_not_shown() throws Exception {
        Path file = Files.writeString(
                here.resolve("worker.yaml"), "manager_url: " + manager + "\nworker_registration_secret: samen\n");

        Outcome outcome = run("-c", file.toString(), "--verbose");

        assertThat(outcome.err())
                .contains("worker_registration_secret = -hidden-")
                .doesNotContain("samen");
    }

    /** A process holds its data directory to its end, so the next run in this one takes the credentials elsewhere. */
    private void restart() throws Exception {
        Path before = data.resolve("worker/credentials.yaml");
        data = here.resolve("data-" + registrations.size() + calls().size());
        Files.copy(before, Files.createDirectories(data.resolve("worker")).resolve("credentials.yaml"));
    }

    private synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            JsonObject answer = answer(request.method() + " " + request.path(), body.toString());
            int status = answer.isEmpty() ? 204 : answer.containsKey("status_requested") ? 423 : 200;
            request.response().setStatusCode(status).end(answer.isEmpty() ? "" : answer.encode());
        });
    }

    private synchronized JsonObject answer(String call, String body) {
        calls.add(call);
        return switch (call) {
            case "POST /register-worker" -> {
                registrations.add(new JsonObject(body));
                yield new JsonObject().put("_id", "5b5b5b5b5b5b5b5b5b5b5b5b");
            }
            case "POST /task" -> hasWork ? task() : new JsonObject().put("status_requested", "shutdown");
            default -> new JsonObject();
        };
    }

    private static JsonObject task() {
        JsonObject echo = new JsonObject().put("name", "echo").put("settings", new JsonObject().put("message", "once"));
        return new JsonObject().put("_id", TASK).put("commands", new JsonArray().add(echo));
    }

    private Outcome run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("worker", "--data", data.toString()));
        all.addAll(List.of(arguments));
        StringWriter err = new StringWriter();
        int exitCode = Flamenco.commandLine().setErr(new PrintWriter(err, true)).execute(all.toArray(String[]::new));
        return new Outcome(exitCode, err.toString());
    }
}
