package io.flamenco.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.server.ServerConfig;
import io.flamenco.server.ServerRole;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that talk to a Server, run against a real one. Nobody works there, so jobs stay as they are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteCommandsTest {

    private static final String MANAGER = "5c0100000000000000000002";

    private final Vertx vertx = Vertx.vertx();

    @SuppressWarnings("NullAway.Init")
    private ServerRole server;

    @SuppressWarnings("NullAway.Init")
    private Path data;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        data = directory;
        JsonObject manager =
                new JsonObject().put("id", MANAGER).put("name", "Nave 3").put("secret", "a-secret-for-the-manager");
        JsonObject yaml = new JsonObject().put("listen", "127.0.0.1:0").put("managers", new JsonArray().add(manager));
        server = get(ServerRole.start(vertx, ServerConfig.read("test", yaml, data, Map.of())));
    }

    @AfterAll
    void stop() throws Exception {
        get(server.stop());
        get(vertx.close());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private record Outcome(int exitCode, String out, String err) {

        JsonObject json() {
            return new JsonObject(out);
        }

        JsonArray list() {
            return new JsonArray(out);
        }
    }

    private Outcome run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--server", server.url().orElseThrow().toString()));
        if (!all.contains("--token-file")) {
            all.addAll(List.of("--token-file", data.resolve("api-token").toString()));
        }
        return execute(all);
    }

    private static Outcome execute(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine flamenco =
                Flamenco.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exitCode = flamenco.execute(arguments.toArray(String[]::new));
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    private String submit(String name) {
        Outcome outcome = run("submit", "sleep", "--frames", "1-4", "--chunk", "2", "--name", name);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome.out().strip();
    }

    private JsonObject job(String id) {
        return run("jobs", "show", id, "--json").json();
    }

    @Test
    void each_setting_of_a_job_type_is_an_option_with_its_range_and_default() {
        Outcome outcome = execute(List.of("submit", "blender-render", "--help"));

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().replaceAll("\\s+", " "))
                .contains("[FILE]")
                .contains("--frames=RANGE")
                .contains("--chunk, --chunk-size=N")
                .contains("1 to 1000000. Default: 1")
                .contains("--images-or-video=images|video");
    }

    @Test
    void a_blend_file_and_its_frames_are_enough_for_a_job() {
        Outcome outcome =
                run("submit", "blender-render", "/studio/shot.blend", "--frames", "1-250", "--chunk", "5", "--json");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        JsonObject job = outcome.json();
        assertThat(job.getString("name")).isEqualTo("shot");
        assertThat(job.getJsonObject("settings"))
                .isEqualTo(new JsonObject()
                        .put("filepath", "/studio/shot.blend")
                        .put("render_output", "/studio/render/shot/######")
                        .put("frames", "1-250")
                        .put("chunk_size", 5)
                        .put("format", "PNG")
                        .put("fps", 24)
                        .put("images_or_video", "images")
                        .put("output_file_extension", ".png")
                        .put("blender_cmd", "{blender}"));
        assertThat(job.getJsonObject("tasks").getInteger("total")).isEqualTo(51);
    }

    @Test
    void every_job_type_can_be_submitted() {
        assertThat(run("submit", "test-pattern", "--frames", "1-3", "--render-output", "/out/######")
                        .exitCode())
                .isZero();
        assertThat(run(
                                "submit",
                                "blender-render-progressive",
                                "/studio/a.blend",
                                "--frames=1-3",
                                "--cycles-sample-count=100",
                                "--cycles-sample-cap=25",
                                "--rna-overrides=bpy.context.scene.render.use_stamp = True",
                                "--rna-overrides=bpy.context.scene.cycles.seed = 3")
                        .exitCode())
                .isZero();
        assertThat(run(
                                "submit",
                                "blender-video-chunks",
                                "/studio/a.blend",
                                "--frames=1-30",
                                "--chunk=10",
                                "--extract-audio")
                        .exitCode())
                .isZero();
        assertThat(run("submit", "exec-command", "--cmd", "ls /").err()).contains("switched off here");
    }

    @Test
    void what_is_missing_or_wrong_is_named() {
        assertThat(run("submit", "blender-render")).satisfies(outcome -> {
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.err()).contains("needs FILE, --render-output, --frames");
        });
        assertThat(run("submit", "sleep", "--frames", "9-1").err()).contains("\"frames\" cannot be used");
        assertThat(run("submit", "sleep", "--frames", "1", "--chunk", "0").err())
                .contains("must be at least 1");
        assertThat(run("submit", "sleep", "--frames", "1", "--chunk", "x").err())
                .contains("must be a whole number");
        assertThat(run("submit", "slep").err()).contains("no job type \"slep\"; it knows blender-render");
        assertThat(run("submit", "sleep", "--frames", "1", "--manager", "Nave 9")
                        .err())
                .contains("No Manager is known as \"Nave 9\"");
    }

    @Test
    void jobs_are_listed_in_a_table_or_as_json() {
        String id = submit("Unusual name");

        Outcome table = run("jobs", "list", "--find", "unusual");
        assertThat(table.out().lines().toList()).satisfies(lines -> {
            assertThat(lines).hasSize(2);
            assertThat(lines.getFirst()).startsWith("ID ").contains("STATUS").endsWith("NAME");
            assertThat(lines.getLast()).startsWith(id).contains("queued", "0/2").endsWith("Unusual name");
        });
        assertThat(run("jobs", "list", "--find", "unusual", "--json")
                        .list()
                        .getJsonObject(0)
                        .getString("id"))
                .isEqualTo(id);
        assertThat(run("jobs", "list", "--status", "funny").err()).contains("\"funny\" is no status of a job");
    }

    @Test
    void a_job_is_changed_by_the_beginning_of_its_id() {
        String id = submit("changed");

        assertThat(run("jobs", "priority", "81", id).out()).contains(id + " has priority 81");
        assertThat(run("jobs", "pause", id.substring(0, 23) + id.charAt(23)).exitCode())
                .isZero();
        assertThat(job(id).getInteger("priority")).isEqualTo(81);
        assertThat(job(id).getString("status")).isEqualTo("paused");
        assertThat(run("jobs", "requeue", id).out()).contains("queued again");
        assertThat(run("jobs", "requeue", id)).satisfies(again -> {
            assertThat(again.exitCode()).isEqualTo(1);
            assertThat(again.err()).contains("cannot be queued again");
        });
    }

    @Test
    void an_id_that_means_several_jobs_or_none_is_refused() {
        String id = submit("one");
        submit("other");

        assertThat(run("jobs", "show", id.substring(0, 4)).err())
                .contains("may be any of", " jobs; give more of the id. They are:");
        assertThat(run("tasks", "show", id.substring(0, 4)).err())
                .contains("may be any of", " tasks; give more of the id. They are:");
        assertThat(run("tasks", "cancel", "ffffff").err())
                .contains("No task is known as \"ffffff\"; flamenco tasks list JOB shows them.");
        assertThat(run("jobs", "show", "ffffff").err()).contains("No job is known as \"ffffff\"");
        assertThat(run("jobs", "show", "nonsense").err()).contains("is no id of a job");
        assertThat(run("jobs", "show", "5c01000000000000000000aa").err()).contains("There is no job");
        assertThat(run("tasks", "show", "abc").err()).contains("is no id of a task");
    }

    @Test
    void jobs_that_match_are_changed_together_once_somebody_agreed() {
        submit("bunch a");
        submit("bunch b");

        assertThat(run("jobs", "cancel", "--find", "bunch").err()).contains("add --yes");
        assertThat(run("jobs", "cancel", "--find", "bunch", "--dry-run").out()).contains("would be canceled");
        assertThat(run("jobs", "cancel", "--find", "bunch", "--yes").out().lines())
                .hasSize(2);
        assertThat(run("jobs", "delete", "--find", "bunch", "--yes").out()).contains("deleted");
        assertThat(run("jobs", "delete", "--find", "bunch", "--yes").err()).contains("Nothing matches.");
    }

    @Test
    void an_archived_job_is_restored() {
        String id = submit("to the archive");
        run("jobs", "cancel", id);

        assertThat(run("jobs", "archive", id).exitCode()).isZero();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> job(id).getString("status").equals("archived"));
        assertThat(run("jobs", "restore", id).exitCode()).isZero();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> job(id).getString("status").equals("canceled"));
    }

    @Test
    void the_exit_code_says_how_a_job_ended_or_that_it_did_not_in_time() {
        String id = submit("waited for");

        assertThat(run("jobs", "wait", id, "--timeout", "1").exitCode()).isEqualTo(4);
        run("jobs", "cancel", id);
        Outcome canceled = run("jobs", "wait", id);
        assertThat(canceled.exitCode()).isEqualTo(3);
        assertThat(canceled.out()).contains("is canceled").contains("0 of 2 tasks are completed");
        assertThat(run("jobs", "log", id).out()).contains("is canceled");
    }

    @Test
    void tasks_are_listed_shown_canceled_and_queued_again() {
        String id = submit("with tasks");
        JsonArray tasks = run("tasks", "list", id, "--json").list();
        String task = tasks.getJsonObject(0).getString("id");

        assertThat(run("tasks", "cancel", task).out()).contains(task + " canceled");
        assertThat(run("tasks", "list", id, "--status", "canceled").out()).contains("sleep-1,2");
        assertThat(run("tasks", "show", task).out()).contains("name: sleep-1,2", "time_in_seconds");
        assertThat(run("tasks", "log", task).out()).contains("is canceled");
        assertThat(run("tasks", "requeue", "--job", id, "--status", "canceled").out())
                .contains(task + " queued again");
        assertThat(run("tasks", "requeue").exitCode()).isEqualTo(2);
    }

    @Test
    void managers_are_found_by_name() {
        assertThat(run("managers", "list").out()).contains("Nave 3").contains(MANAGER);
        assertThat(run("managers", "show", "nave 3", "--json").json().getString("id"))
                .isEqualTo(MANAGER);
    }

    @Test
    void without_a_command_there_is_a_list_with_all_its_options() {
        String id = submit("found without a command");
        String url = server.url().orElseThrow().toString();

        assertThat(run("jobs").out()).startsWith("ID ").contains(id);
        assertThat(run("jobs", "--find", "found without", "--json").list()).hasSize(1);
        assertThat(run("workers").out()).startsWith("ID ");
        assertThat(run("managers").out()).contains("Nave 3");
        assertThat(execute(List.of("jobs", "--server", url, "--find", "found without"))
                        .out())
                .contains(id);
        assertThat(execute(List.of("jobs", "--server")).err()).contains("Missing required parameter", "URL");
        assertThat(execute(List.of("jobs", "--help")).out())
                .contains("Usage: flamenco jobs")
                .contains("[COMMAND]");
    }

    @Test
    void where_the_server_is_may_be_said_before_the_command_too() {
        String id = submit("asked for from before");
        String url = server.url().orElseThrow().toString();

        assertThat(execute(List.of("jobs", "--server", url, "--json", "show", id))
                        .json()
                        .getString("id"))
                .isEqualTo(id);
        assertThat(execute(List.of("tasks", "--server=" + url, "list", id)).out())
                .contains("sleep-1,2");
    }

    @Test
    void a_command_that_is_not_there_is_answered_with_those_that_are() {
        assertThat(execute(List.of("jobs", "lsit")).err())
                .contains("There is no command \"lsit\"; flamenco jobs knows list, show, log, wait");
    }

    @Test
    void help_keeps_paths_and_urls_whole() {
        assertThat(execute(List.of("submit", "blender-render", "--help")).out())
                .contains("./flamenco-data/server/api-token", "http://localhost:8090/", "http://localhost:8080/")
                .satisfies(help -> assertThat(help.lines())
                        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80)));
    }

    @Test
    void what_somebody_gave_is_told_back_in_short() {
        assertThat(execute(List.of("jobs", "show", "x".repeat(50_000))).err()).hasSizeLessThan(2_100);
        assertThat(run("jobs", "list", "--find", "x".repeat(50_000)).err()).contains("more text than the Server");
        assertThat(run("jobs", "list", "--limit", "ten").err()).contains("'ten' is no whole number");
    }

    @Test
    void workers_that_nobody_knows_are_no_workers() {
        assertThat(run("workers", "list").out()).startsWith("ID").contains("STATUS", "TASK TYPES");
        assertThat(run("workers", "wake", "render-3").err()).contains("No Worker is known as \"render-3\"");
    }

    @Test
    void without_a_good_token_the_person_is_told_where_to_put_one() throws Exception {
        String id = submit("not yours");
        Path wrong = Files.writeString(data.resolve("wrong-token"), "no token at all");

        Outcome outcome = run("jobs", "cancel", id, "--token-file", wrong.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("--token-file")
                .contains("FLAMENCO_TOKEN")
                .contains("not known there");
    }
}
