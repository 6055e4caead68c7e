package io.flamenco.manager.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.SampleTasks;
import io.flamenco.manager.domain.FailurePolicy;
import io.flamenco.manager.scheduler.SchedulerOrders.AssignTask;
import io.flamenco.manager.scheduler.SchedulerOrders.Assigned;
import io.flamenco.manager.scheduler.SchedulerOrders.Assignment;
import io.flamenco.manager.scheduler.SchedulerOrders.MergeDownloaded;
import io.flamenco.manager.scheduler.SchedulerOrders.NothingToDo;
import io.flamenco.manager.scheduler.SchedulerOrders.ReportUpdate;
import io.flamenco.manager.workers.Seen;
import io.flamenco.manager.workers.WorkerOrders.AckStatus;
import io.flamenco.manager.workers.WorkerOrders.Register;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.wire.WireTask;
import io.flamenco.shared.wire.WorkerUpdate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How much is fetched from the database for a queue whose documents are not in memory. */
class LongQueueTest {

    private static final Seen SEEN = new Seen("127.0.0.1", "test");
    private static final WorkerUpdate COMPLETED = new WorkerUpdate("completed", "", 100, null, null, null, null);

    private final Instant now = Instant.parse("2026-11-22T08:00:00Z");
    private final Map<TaskId, WireTask> database = new HashMap<>();
    private final Deque<List<TaskId>> underWay = new ArrayDeque<>();
    private final List<TaskId> everAsked = new ArrayList<>();
    private final Deque<WorkerId> idle = new ArrayDeque<>();
    private final Map<WorkerId, TaskId> given = new HashMap<>();
    private Owner owner = new Owner(new Farm(new FailurePolicy(100, 3), false, ZoneOffset.UTC));

    @Test
    void workers_that_come_at_once_do_not_each_fetch_what_the_first_one_fetches() {
        queue(3000);
        register(1000);

        askAll(Duration.ZERO);

        assertThat(underWay).hasSize(1);
        answerFetches();
        assertThat(given).hasSize(1000);
        assertThat(everAsked).doesNotHaveDuplicates();
    }

    @Test
    void a_database_slower_than_the_workers_is_never_asked_for_the_same_task_again() {
        // Given
        queue(10_000);
        register(1000);
        askAll(Duration.ZERO);

        // When
        int fetches = 0;
        while (!underWay.isEmpty()) {
            answerFetch();
            fetches++;
            List.copyOf(given.keySet()).forEach(this::complete);
            askAll(Duration.ZERO);
            assertThat(underWay).hasSizeLessThanOrEqualTo(1);
        }

        // Then
        assertThat(owner.farm.board.countsByStatus()).containsExactly(Map.entry("completed", 10_000));
        assertThat(everAsked).doesNotHaveDuplicates();
        assertThat(fetches).isLessThanOrEqualTo(10_000 / Documents.AHEAD + 1);
    }

    @Test
    void a_task_that_was_deleted_from_the_database_while_somebody_ran_it_is_fetched_once() {
        queue(1);
        register(1);
        WorkerId worker = idle.getFirst();
        askAll(Duration.ZERO);
        answerFetches();
        database.clear();
        owner = owner.restarted(now);
        idle.add(worker);

        askAll(Duration.ZERO);
        answerFetches();

        assertThat(idle).containsExactly(worker);
        assertThat(owner.farm.board.size()).isZero();
    }

    @Test
    void when_one_task_becomes_ready_the_others_that_wait_are_left_waiting() {
        // Given
        register(100);
        askAll(Duration.ofSeconds(30));
        queueWithoutRestart(SampleTasks.task("sleep"));
        owner.farm.board.ready().eachOfFirst("sleep", 1, task -> task.document = null);

        // When
        settle();
        answerFetches();

        // Then
        assertThat(given).hasSize(1);
        assertThat(idle).isEmpty();
        assertThat(owner.farm.waitingRoom.size()).isEqualTo(99);
    }

    @Test
    void a_worker_that_falls_asleep_on_its_own_account_is_not_left_waiting() {
        register(2);
        WorkerId sleepy = idle.getFirst();
        askAll(Duration.ofSeconds(30));

        owner.roster.acknowledge(new AckStatus(sleepy, "asleep"), now);

        assertThat(idle).containsExactly(sleepy);
        assertThat(owner.farm.waitingRoom.size()).isEqualTo(1);
        queueWithoutRestart(SampleTasks.task("sleep"));
        settle();
        assertThat(given).doesNotContainKey(sleepy).hasSize(1);
    }

    /** A process that has just started has no documents in memory. */
    private void queue(int count) {
        queueWithoutRestart(
                Stream.generate(() -> SampleTasks.task("sleep")).limit(count).toArray(WireTask[]::new));
        owner.store(now);
        owner = owner.restarted(now);
    }

    private void queueWithoutRestart(WireTask... tasks) {
        List.of(tasks).forEach(task -> database.put(Objects.requireNonNull(task.id()), task));
        owner.serverSide.merge(new MergeDownloaded(List.of(tasks), now), now);
    }

    private void register(int count) {
        for (int i = 0; i < count; i++) {
            idle.add(owner.roster
                    .register(new Register("hash", "linux", List.of("sleep"), "w" + i, "127.0.0.1:1"))
                    .workerId());
        }
        owner.store(now);
    }

    private void askAll(Duration wait) {
        for (WorkerId worker; (worker = idle.poll()) != null; ) {
            WorkerId asking = worker;
            owner.dispatch.assign(new AssignTask(asking, SEEN, wait, 1), now, answer -> take(asking, answer));
            settle();
            if (!wait.isPositive() && owner.farm.board.ready().size() == 0) {
                return;
            }
        }
    }

    private void take(WorkerId worker, Assignment answer) {
        if (answer instanceof Assigned assigned) {
            given.put(worker, Objects.requireNonNull(assigned.task().id()));
        } else {
            assertThat(answer).isInstanceOf(NothingToDo.class);
            idle.add(worker);
        }
    }

    private void complete(WorkerId worker) {
        TaskId task = Objects.requireNonNull(given.remove(worker));
        owner.reports.report(new ReportUpdate(worker, SEEN, task, COMPLETED), now);
        idle.add(worker);
        settle();
    }

    private void settle() {
        owner.dispatch.serveWaiting(now);
        List<TaskId> wanted = owner.dispatch.takeWanted();
        if (!wanted.isEmpty()) {
            underWay.add(wanted);
            everAsked.addAll(wanted);
        }
        owner.store(now);
    }

    private void answerFetches() {
        while (!underWay.isEmpty()) {
            answerFetch();
        }
    }

    private void answerFetch() {
        Set<TaskId> asked = new HashSet<>(underWay.remove());
        owner.dispatch.fetched(
                List.copyOf(asked),
                asked.stream().map(database::get).filter(Objects::nonNull).toList(),
                now);
        settle();
    }
}
