package io.flamenco.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.mongo.FarmDatabase;
import io.flamenco.server.domain.JobState;
import io.flamenco.server.domain.Ledger;
import io.flamenco.server.domain.TaskCounts;
import io.flamenco.server.domain.TaskEffect;
import io.flamenco.server.domain.TaskPatch;
import io.flamenco.server.domain.TaskTimes;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.status.JobStatus;
import io.flamenco.shared.status.TaskStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes of many tasks at once touch just those that are meant. */
class TasksTest {

    private static final ManagerId MANAGER = new ManagerId("5c0100000000000000000002");
    private static final JobId JOB = new JobId("5c0100000000000000000010");
    private static final Instant BEFORE = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant NOW = BEFORE.plusSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final FarmDatabase database;
    private final Tasks tasks;

    TasksTest() throws Exception {
        database = get(FarmDatabase.forTest(vertx));
        tasks = new Tasks(database);
    }

    @AfterEach
    void close() throws Exception {
        get(database.close());
        get(vertx.close());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private List<TaskId> insert(TaskStatus status, int count) throws Exception {
        List<NewTask> made = IntStream.range(0, count)
                .mapToObj(nr -> new NewTask(TaskId.next(), "task " + nr, "sleep", 50, "[]", List.of()))
                .toList();
        get(tasks.insert(JOB, MANAGER, status, BEFORE, made));
        return made.stream().map(NewTask::id).toList();
    }

    private void carryOut(TaskEffect effect) throws Exception {
        JobState job =
                new JobState(JOB, "job", MANAGER, JobStatus.CANCELED, "", JobStatus.ACTIVE, false, 10, TaskCounts.NONE);
        get(tasks.writeAll(List.of(new Ledger.JobEffects(job, List.of(effect))), NOW));
    }

    private void report(TaskId id, String activity) throws Exception {
        StoredTask before = task(id);
        TaskPatch patch = new TaskPatch(
                Optional.empty(),
                Optional.of(activity),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Ledger.ChangedTask change =
                new Ledger.ChangedTask(before.state(), before.state().patched(patch), patch);
        get(tasks.write(List.of(change), BEFORE));
    }

    private StoredTask task(TaskId id) throws Exception {
        return get(tasks.find(id)).orElseThrow();
    }

    @Test
    void a_change_of_many_statuses_touches_only_those_meant_and_makes_them_new() throws Exception {
        List<TaskId> queued = insert(TaskStatus.QUEUED, 2);
        TaskId completed = insert(TaskStatus.COMPLETED, 1).getFirst();
        StoredTask before = task(completed);

        carryOut(new TaskEffect.Move(Set.of(TaskStatus.QUEUED), TaskStatus.CANCELED, false));

        for (TaskId id : queued) {
            assertThat(task(id).state().status()).isEqualTo(TaskStatus.CANCELED);
            assertThat(task(id).updated()).as("and with it the etag").isEqualTo(NOW);
            assertThat(task(id).state().times()).isEqualTo(new TaskTimes(Optional.empty(), Optional.of(NOW)));
        }
        assertThat(task(completed)).isEqualTo(before);
    }

    @Test
    void only_tasks_that_never_had_an_activity_are_given_one() throws Exception {
        List<TaskId> three = insert(TaskStatus.CANCELED, 3);
        report(three.get(1), "");
        report(three.get(2), "Rendering");

        carryOut(new TaskEffect.Explain(Set.of(TaskStatus.CANCELED), "The job became canceled."));

        assertThat(task(three.get(0)).state().activity()).isEqualTo("The job became canceled.");
        assertThat(task(three.get(0)).updated()).isEqualTo(NOW);
        assertThat(task(three.get(1)).state().activity()).isEmpty();
        assertThat(task(three.get(2)).state().activity()).isEqualTo("Rendering");
        assertThat(task(three.get(2)).updated()).isEqualTo(BEFORE);
    }
}
