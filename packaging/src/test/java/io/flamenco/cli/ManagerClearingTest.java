package io.flamenco.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.cli.process.DataDirectory;
import io.flamenco.cli.process.MainThread;
import io.flamenco.mongo.Bson;
import io.flamenco.mongo.FarmDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code flamenco manager -cleanslate} and {@code -purgequeue} ask, throw away, and keep. */
class ManagerClearingTest {

    private static final String ENTER = "\n";
    private static final String NOBODY = "";

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();

    private record Outcome(int exitCode, String out, String err) {}

    private record Left(List<String> tasks, List<String> updates, int outboxes, Optional<String> cursor) {}

    @AfterEach
    void close() {
        MainThread.await(vertx.close());
    }

    private Outcome run(String typed, String... options) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] arguments = new String[options.length + 2];
        arguments[0] = "manager";
        arguments[1] = "--data=" + data;
        System.arraycopy(options, 0, arguments, 2, options.length);
        int exitCode = Flamenco.commandLine(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    private <T> T inDatabase(Function<FarmDatabase, io.vertx.core.Future<T>> work) {
        return MainThread.await(FarmDatabase.open(vertx, Optional.empty(), data.resolve("manager/db"), "flamanager")
                .compose(database -> work.apply(database).eventually(database::close)));
    }

    /** Two tasks, one of which has news for the Server, and news of a task that is not here. */
    private void fill() {
        inDatabase(database -> database.client()
                .insert("flamenco_tasks", task("5c010001494ba92dc0552b01"))
                .compose(done -> database.client()
                        .insert(
                                "flamenco_tasks",
                                task("5c010002494ba92dc0552b02")
                                        .put("outbox", new JsonArray().add(update("5c0165dc494ba92dc0552a01")))))
                .compose(done -> database.client().insert("task_update_queue", update("5c0165dc494ba92dc0552a02")))
                .compose(done -> database.client()
                        .insert("settings", new JsonObject().put("depsgraph_last_modified", "2026-11-22T08:00:00"))));
    }

    private static JsonObject task(String id) {
        return new JsonObject().put("_id", Bson.oid(id)).put("status", "claimed-by-manager");
    }

    private static JsonObject update(String id) {
        return new JsonObject()
                .put("_id", Bson.oid(id))
                .put("task_id", Bson.oid("5c010002494ba92dc0552b02"))
                .put("task_status", "completed")
                .put("received_on_manager", Bson.date(Instant.parse("2026-11-22T08:00:00Z")));
    }

    private Left left() {
        return inDatabase(database -> database.client()
                .find("flamenco_tasks", new JsonObject())
                .compose(tasks -> database.client()
                        .find("task_update_queue", new JsonObject())
                        .compose(updates -> database.client()
                                .findOne("settings", new JsonObject(), new JsonObject())
                                .map(settings -> new Left(
                                        ids(tasks),
                                        ids(updates),
                                        tasks.stream()
                                                .mapToInt(task -> task.getJsonArray("outbox", new JsonArray())
                                                        .size())
                                                .sum(),
                                        Optional.ofNullable(settings.getString("depsgraph_last_modified")))))));
    }

    private static List<String> ids(List<JsonObject> documents) {
        return documents.stream()
                .map(document -> Bson.hex(document.getValue("_id")))
                .sorted()
                .toList();
    }

    private void assertNothingChanged() {
        assertThat(left())
                .isEqualTo(new Left(
                        List.of("5c010001494ba92dc0552b01", "5c010002494ba92dc0552b02"),
                        List.of("5c0165dc494ba92dc0552a02"),
                        1,
                        Optional.of("2026-11-22T08:00:00")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-cleanslate", "--cleanslate", "-cleanslate=true"})
    void a_clean_slate_forgets_tasks_and_cursor_but_not_what_the_server_was_not_told(String option) {
        fill();

        Outcome outcome = run(ENTER, option);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("all its tasks: 2")
                .contains("Press Enter")
                .contains("Forgotten: 2 tasks");
        assertThat(left())
                .isEqualTo(new Left(
                        List.of(),
                        List.of("5c0165dc494ba92dc0552a01", "5c0165dc494ba92dc0552a02"),
                        0,
                        Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-purgequeue", "--purgequeue"})
    void purging_the_queue_forgets_what_the_server_was_not_told_and_keeps_tasks(String option) {
        fill();

        Outcome outcome = run("yes\n", option);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("2 updates").contains("Data is lost").contains("Forgotten: 2 updates");
        assertThat(left())
                .isEqualTo(new Left(
                        List.of("5c010001494ba92dc0552b01", "5c010002494ba92dc0552b02"),
                        List.of(),
                        0,
                        Optional.of("2026-11-22T08:00:00")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no\n", "n\n", "what?\n"})
    void any_other_answer_leaves_everything_as_it_is(String answer) {
        fill();

        Outcome outcome = run(answer, "-cleanslate");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("Nothing was changed");
        assertNothingChanged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-cleanslate", "-purgequeue"})
    void the_end_of_input_is_no_consent(String option) {
        fill();

        Outcome outcome = run(NOBODY, option);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("nothing was changed").contains("--yes");
        assertNothingChanged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-yes", "--yes"})
    void who_says_yes_beforehand_is_not_asked(String yes) {
        fill();

        Outcome outcome = run(NOBODY, "-cleanslate", yes);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).doesNotContain("Press Enter");
        assertThat(left().tasks()).isEmpty();
    }

    @Test
    void a_clean_slate_goes_before_an_empty_queue() {
        fill();

        assertThat(run(ENTER, "-purgequeue", "-cleanslate").exitCode()).isZero();

        assertThat(left().tasks()).isEmpty();
        assertThat(left().updates()).hasSize(2);
    }

    @Test
    void without_tasks_the_cursor_is_forgotten_all_the_same_and_nobody_is_asked() {
        inDatabase(database -> database.client()
                .insert("settings", new JsonObject().put("depsgraph_last_modified", "2026-11-22T08:00:00")));

        assertThat(run(NOBODY, "-cleanslate").exitCode()).isZero();

        assertThat(left().cursor()).isEmpty();
    }

    @Test
    void an_empty_queue_is_nothing_to_purge() {
        Outcome outcome = run(NOBODY, "-purgequeue");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("Nothing waits");
    }

    @Test
    void a_manager_that_runs_keeps_its_tasks() {
        fill();
        DataDirectory.take(data.resolve("manager"));

        Outcome outcome = run(ENTER, "-cleanslate");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("in use by another process").contains("stop that one");
        assertNothingChanged();
    }
}
