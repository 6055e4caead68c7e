package io.flamenco.manager.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.store.FarmChanges.TaskChange;
import io.flamenco.manager.store.FarmChanges.TaskDocument;
import io.flamenco.manager.store.TaskRow.Progress;
import io.flamenco.mongo.FarmDatabase;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UpdateId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.wire.FailedByWorker;
import io.flamenco.shared.wire.Metrics;
import io.flamenco.shared.wire.TaskUpdate;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskChangesTest {

    private static final TaskId TASK = new TaskId("5f1000000000000000000001");
    private static final JobId JOB = new JobId("5f2000000000000000000001");
    private static final WorkerId WORKER = new WorkerId("5f3000000000000000000001");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static final long NUMBER = 7;

    private final Vertx vertx = Vertx.vertx();
    private final FarmDatabase database = await(FarmDatabase.forTest(vertx));
    private final FarmStore store = new FarmStore(database);

    @AfterEach
    void close() {
        await(database.close());
        await(vertx.close());
    }

    @Test
    void each_change_of_a_tasks_life_is_read_back_as_it_was_written() {
        QueuedUpdate active = update("active");
        QueuedUpdate completed = update("completed");
        TaskRow fresh = row("claimed-by-manager", null, 0, List.of(), null);
        TaskRow running = row("active", WORKER, 0, List.of(active), null);
        TaskRow rendering = row("active", WORKER, 50, List.of(active, update("")), null);
        TaskRow done = row("completed", WORKER, 100, List.of(active, completed), new Metrics(Map.of("render", 1.5)));
        TaskRow heard = row("completed", WORKER, 100, List.of(), new Metrics(Map.of("render", 1.5)));

        write(changes(List.of(new TaskDocument(fresh, task(fresh))), List.of(), List.of()));
        assertThat(stored()).isEqualTo(fresh);
        change(running, null);
        change(rendering, running);
        change(done, rendering);
        change(heard, done);
    }

    @Test
    void writing_the_same_change_twice_does_no_harm() {
        TaskRow running = row("active", WORKER, 0, List.of(update("active")), null);
        TaskRow done = row("completed", WORKER, 100, List.of(running.outbox().getFirst(), update("completed")), null);
        write(changes(List.of(new TaskDocument(running, task(running))), List.of(), List.of()));

        change(done, running);
        change(done, running);
    }

    @Test
    void only_what_differs_is_written() {
        TaskRow running = row("active", WORKER, 0, List.of(update("active")), null);
        TaskRow done = row("completed", WORKER, 100, List.of(running.outbox().getFirst(), update("completed")), null);

        JsonObject completion = StateFields.changed(new TaskChange(done, running));
        JsonObject nothing = StateFields.changed(new TaskChange(done, done));

        assertThat(completion.fieldNames())
                .containsExactlyInAnyOrder(
                        "status",
                        "activity",
                        "task_progress_percentage",
                        "command_progress_percentage",
                        "taken_updates",
                        "outbox");
        assertThat(nothing.isEmpty()).isTrue();
    }

    @Test
    void of_a_long_outbox_only_what_was_added_is_written() {
        List<QueuedUpdate> five =
                List.of(update("active"), update(""), update("soft-failed"), update("active"), update(""));
        List<QueuedUpdate> six = new ArrayList<>(five);
        six.add(update("completed"));
        TaskRow before = row("active", WORKER, 0, five, null);
        TaskRow now = row("active", WORKER, 0, six, null);
        write(changes(List.of(new TaskDocument(before, task(before))), List.of(), List.of()));

        assertThat(StateFields.changed(new TaskChange(now, before)).fieldNames())
                .containsExactlyInAnyOrder("taken_updates", "outbox.5");
        change(now, before);
    }

    @Test
    void how_far_the_server_has_confirmed_updates_is_read_back() {
        assertThat(await(store.confirmedUpTo())).isZero();

        write(confirmed(3));
        write(confirmed(1L << 40));

        assertThat(await(store.confirmedUpTo())).isEqualTo(1L << 40);
    }

    @Test
    void updates_that_the_server_has_confirmed_do_not_outlive_their_task() {
        TaskRow row = row("active", WORKER, 0, List.of(update("active")), null);
        write(changes(List.of(new TaskDocument(row, task(row))), List.of(), List.of()));
        Clearance clearance = new Clearance(database);
        assertThat(await(clearance.updates())).isEqualTo(1);

        write(confirmed(NUMBER));
        await(clearance.forgetTasks());

        assertThat(await(clearance.updates())).isZero();
    }

    @Test
    void more_changes_than_fit_one_command_are_all_written() {
        List<TaskDocument> documents = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            TaskId id = new TaskId("5f40000000000000%08x".formatted(i));
            TaskRow row = new TaskRow(
                    id,
                    JOB,
                    "t",
                    "queued",
                    "sleep",
                    "sleep",
                    1,
                    1,
                    "e",
                    List.of(),
                    null,
                    "",
                    List.of(),
                    "",
                    null,
                    new Progress(0, 0, 0),
                    null,
                    null,
                    List.of(),
                    List.of());
            documents.add(new TaskDocument(row, task(row)));
        }

        write(changes(documents, List.of(), List.of()));
        write(changes(
                List.of(),
                List.of(),
                documents.stream().map(document -> document.row().id()).skip(1).toList()));

        List<TaskRow> rows = new ArrayList<>();
        await(store.eachTask(rows::add));
        assertThat(rows).containsExactly(documents.getFirst().row());
    }

    @Test
    void what_the_database_will_never_take_is_left_out_and_the_rest_is_stored() {
        Batch batch = new Batch("flamenco_tasks");
        JsonObject sensible = new JsonObject().put("$set", new JsonObject().put("stored", true));
        batch.update(new JsonObject().put("_id", "first"), sensible, true);
        batch.update(new JsonObject().put("_id", "x"), new JsonObject().put("$nonsense", new JsonObject()), true);
        batch.update(new JsonObject().put("_id", "last"), sensible, true);

        await(batch.write(database));

        List<JsonObject> found = await(database.client().find("flamenco_tasks", new JsonObject().put("stored", true)));
        assertThat(found).extracting(document -> document.getString("_id")).containsExactlyInAnyOrder("first", "last");
    }

    private void change(TaskRow row, @Nullable TaskRow before) {
        write(changes(List.of(), List.of(new TaskChange(row, before)), List.of()));
        assertThat(stored()).isEqualTo(row);
    }

    private TaskRow stored() {
        List<TaskRow> rows = new ArrayList<>();
        await(store.eachTask(rows::add));
        return rows.getFirst();
    }

    private void write(FarmChanges changes) {
        await(store.write(changes));
    }

    private static FarmChanges changes(List<TaskDocument> documents, List<TaskChange> tasks, List<TaskId> removed) {
        return new FarmChanges(
                documents, tasks, removed, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), 0);
    }

    private static FarmChanges confirmed(long upTo) {
        return new FarmChanges(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                upTo);
    }

    private static TaskRow row(
            String status,
            @Nullable WorkerId worker,
            int progress,
            List<QueuedUpdate> outbox,
            @Nullable Metrics metrics) {
        return new TaskRow(
                TASK,
                JOB,
                "render",
                status,
                "blender-render",
                "blender-render",
                50,
                50,
                "etag",
                List.of(),
                worker,
                worker == null ? "" : "worker",
                worker == null ? List.of() : List.of(new FailedByWorker(WORKER, "other")),
                status,
                metrics,
                new Progress(progress, 0, progress),
                worker == null ? null : NOW,
                NOW,
                outbox,
                outbox.stream()
                        .map(update -> (long) update.update().id().hashCode() << 32 | 1)
                        .toList());
    }

    private static WireTask task(TaskRow row) {
        return new WireTask(
                row.id(),
                row.etag(),
                row.job(),
                null,
                null,
                null,
                row.name(),
                row.status(),
                row.priority(),
                row.jobPriority(),
                row.jobType(),
                row.taskType(),
                List.of(),
                "",
                "",
                List.of(),
                "",
                List.of(),
                null);
    }

    private static QueuedUpdate update(String status) {
        return new QueuedUpdate(
                7,
                new TaskUpdate(
                        UpdateId.next(), TASK, status, NOW, "activity", 0, 0, 0, 0, "log", "w", List.of(), null));
    }

    private static <T> T await(Future<T> future) {
        return future.timeout(60, TimeUnit.SECONDS)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
