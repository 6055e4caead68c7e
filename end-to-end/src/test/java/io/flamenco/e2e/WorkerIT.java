package io.flamenco.e2e;

import static io.flamenco.e2e.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Worker's whole life as a process: signals, a sudden end, a restart, an end in good order in the middle of a task. */
class WorkerIT {

    private static final String TASK = "58514d1e9837734f2e71b479";
    private static final int TERMINATED = 143;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> calls = new ArrayList<>();
    private Path here;
    private String manager = "";

    @BeforeEach
    void startManager(@TempDir Path temporary) throws Exception {
        here = temporary;
        HttpServer server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        manager = "http://127.0.0.1:" + server.actualPort() + "/";
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void signals_a_sudden_end_and_an_end_in_good_order() throws Exception {
        try (FlamencoProcess first = start("first", "--verbose")) {
            await().atMost(PATIENCE).until(() -> Files.exists(here.resolve("program-1")));

            first.signal("USR1");
            await().atMost(PATIENCE).until(() -> called("POST /ack-status-change/asleep"));
            await().atMost(PATIENCE).until(() -> called("POST /tasks/" + TASK + "/return"));
            await("the end of program-1").atMost(PATIENCE).until(() -> !alive("program-1"));
            first.signal("USR2");
            await().atMost(PATIENCE).until(() -> Files.exists(here.resolve("program-2")));
            first.kill();

            assertThat(first.log())
                    .contains("manager_url = " + manager, "state=AWAKE doing=\"task=" + TASK, "state=ASLEEP");
            assertThat(alive("program-2")).as("an orphan").isTrue();
        }
        try (FlamencoProcess second = start("second")) {
            await().atMost(PATIENCE).until(() -> Files.exists(here.resolve("program-3")));
            await("the end of program-2").atMost(PATIENCE).until(() -> !alive("program-2"));

            assertThat(second.terminate()).isEqualTo(TERMINATED);

            await("the end of program-3").atMost(PATIENCE).until(() -> !alive("program-3"));
            assertThat(second.log()).contains("The Worker stops.", "Signed off.");
        }
        assertThat(calls()).filteredOn("POST /register-worker"::equals).hasSize(1);
        assertThat(calls()).filteredOn("POST /sign-on"::equals).hasSize(1);
        assertThat(calls()).endsWith("POST /sign-off");
        assertThat(Files.readString(here.resolve("data/worker/flamenco-worker.log")))
                .contains("A task begins. task=" + TASK, "The Worker stops.")
                .doesNotContain("worker_secret");
    }

    @Test
    void a_worker_that_is_not_let_in_says_what_to_do() throws Exception {
        FlamencoProcess.Outcome outcome = FlamencoProcess.run(
                here, PATIENCE, "worker", "--manager", manager + "closed/", "--data", here + "/data");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("The Manager does not let this Worker in: \"no\". Set worker_registration_secret to what the"
                        + " file manager/worker-registration-secret in the Manager's data directory holds.")
                .doesNotContain("\tat ");
    }

    private FlamencoProcess start(String name, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("worker", "--manager", manager, "--data", here + "/data"));
        arguments.addAll(List.of(options));
        return FlamencoProcess.start(name, here, Map.of(), arguments.toArray(String[]::new));
    }

    private synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    private boolean called(String call) {
        return calls().contains(call);
    }

    private boolean alive(String program) throws Exception {
        long pid = Long.parseLong(Files.readString(here.resolve(program)).strip());
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            String call = request.method() + " " + request.path();
            if (call.startsWith("POST /closed/")) {
                request.response().setStatusCode(403).end("no");
                return;
            }
            JsonObject answer = answer(call);
            request.response().setStatusCode(answer.isEmpty() ? 204 : 200).end(answer.isEmpty() ? "" : answer.encode());
        });
    }

    private synchronized JsonObject answer(String call) {
        calls.add(call);
        return switch (call) {
            case "POST /register-worker" -> new JsonObject().put("_id", "5b5b5b5b5b5b5b5b5b5b5b5b");
            case "POST /task" -> task();
            case "GET /may-i-run/" + TASK -> new JsonObject().put("may_keep_running", true);
            default -> new JsonObject();
        };
    }

    /** Each time another program, which tells its process id when it has begun. */
    private JsonObject task() {
        long nth = calls.stream().filter("POST /task"::equals).count();
        Path pid = here.resolve("program-" + nth);
        String script = "echo $$ > " + pid + ".new; mv " + pid + ".new " + pid + "; exec sleep 1000";
        JsonObject settings = new JsonObject().put("cmd", "/bin/sh -c '" + script + "'");
        JsonObject exec = new JsonObject().put("name", "exec").put("settings", settings);
        return new JsonObject().put("_id", TASK).put("commands", new JsonArray().add(exec));
    }
}
