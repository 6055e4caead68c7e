package io.flamenco.server.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.status.JobStatus;
import io.flamenco.shared.status.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * Walks random histories of one job: people order, a Manager reports, the Server crashes between any two writes. The model
 * is a plain list of tasks on which each write is carried out one by one.
 */
class JobHistoriesTest {

    private static final ManagerId MANAGER = new ManagerId("5c0100000000000000000002");
    private static final JobId JOB = new JobId("5c0100000000000000000010");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Set<JobStatus> TRANSITIONAL =
            EnumSet.of(JobStatus.CANCEL_REQUESTED, JobStatus.FAIL_REQUESTED, JobStatus.REQUEUED);

    private static final List<JobStatus> ORDERS = List.of(
            JobStatus.CANCEL_REQUESTED,
            JobStatus.FAIL_REQUESTED,
            JobStatus.FAILED,
            JobStatus.REQUEUED,
            JobStatus.PAUSED,
            JobStatus.QUEUED);

    /** What may happen next; numbers choose the task and the status. */
    record Step(Kind kind, int task, int status, boolean crash) {}

    enum Kind {
        REPORT,
        REPORT_AND_REPORT,
        CLAIM,
        ORDER_JOB,
        SET_TASK
    }

    @Provide
    Arbitrary<Step> steps() {
        return Combinators.combine(
                        Arbitraries.of(Kind.values()),
                        Arbitraries.integers().between(0, 99),
                        Arbitraries.integers().between(0, 99),
                        Arbitraries.integers().between(0, 9).map(n -> n == 0))
                .as(Step::new);
    }

    @Property(tries = 10_000)
    void counts_are_right_and_no_job_hangs(
            @ForAll("histories") List<Step> history, @ForAll @IntRange(min = 1, max = 12) int size) {
        Farm farm = new Farm(size);
        for (Step step : history) {
            farm.take(step);
            assertThat(farm.job.tasks()).as("counts after %s", step).isEqualTo(farm.counted());
        }
        farm.drain();
        assertThat(TRANSITIONAL).as("statuses in which a job must not stay").doesNotContain(farm.job.status());
        assertThat(farm.job.status() == JobStatus.COMPLETED && !farm.counted().allCompleted())
                .as("completed without being so")
                .isFalse();
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        return steps().list().ofMaxSize(40);
    }

    /** One job, its tasks, and a database that may lose everything after any of its writes. */
    private static final class Farm {

        private final Map<TaskId, TaskState> stored = new LinkedHashMap<>();
        private JobState job;

        Farm(int size) {
            for (int i = 0; i < size; i++) {
                TaskId id = TaskId.next();
                stored.put(id, new TaskState(id, JOB, MANAGER, "task", TaskStatus.QUEUED, "", "", 0, TaskTimes.NONE));
            }
            job = new JobState(
                    JOB,
                    "job",
                    MANAGER,
                    JobStatus.QUEUED,
                    "",
                    JobStatus.QUEUED,
                    false,
                    10,
                    TaskCounts.all(TaskStatus.QUEUED, size));
        }

        void take(Step step) {
            Ledger ledger = new Ledger(stored.values(), List.of(job));
            switch (step.kind()) {
                case REPORT -> report(ledger, step.task(), step.status());
                case REPORT_AND_REPORT -> {
                    report(ledger, step.task(), step.status());
                    report(ledger, step.task() + 1, step.status() + 3);
                    report(ledger, step.task(), step.status() + 5);
                }
                case CLAIM -> claim();
                case ORDER_JOB ->
                    ledger.happen(JOB, new JobEvent.Wanted(ORDERS.get(step.status() % ORDERS.size()), "why"));
                case SET_TASK -> set(ledger, step);
            }
            write(ledger, step.crash());
        }

        private void set(Ledger ledger, Step step) {
            TaskStatus[] byPeople = {TaskStatus.QUEUED, TaskStatus.CANCEL_REQUESTED};
            TaskState task = task(step.task());
            boolean withManager = EnumSet.of(TaskStatus.CLAIMED_BY_MANAGER, TaskStatus.ACTIVE, TaskStatus.SOFT_FAILED)
                    .contains(task.status());
            boolean runs = EnumSet.of(JobStatus.QUEUED, JobStatus.ACTIVE, JobStatus.COMPLETED)
                    .contains(job.status());
            TaskStatus status = List.of(byPeople).get(step.status() % 2);
            if (status == TaskStatus.QUEUED ? runs && task.status().finished() : withManager) {
                ledger.set(task.id(), status, NOW);
            }
        }

        /** The Manager reports only of tasks that it holds. */
        private void report(Ledger ledger, int which, int what) {
            TaskState task = task(which);
            TaskState now = ledger.task(task.id());
            TaskStatus[] reports = {
                TaskStatus.ACTIVE,
                TaskStatus.COMPLETED,
                TaskStatus.SOFT_FAILED,
                TaskStatus.FAILED,
                TaskStatus.CANCELED,
                TaskStatus.CLAIMED_BY_MANAGER
            };
            boolean holds = now != null
                    && EnumSet.of(
                                    TaskStatus.CLAIMED_BY_MANAGER,
                                    TaskStatus.ACTIVE,
                                    TaskStatus.SOFT_FAILED,
                                    TaskStatus.CANCEL_REQUESTED)
                            .contains(now.status());
            if (holds) {
                ledger.report(MANAGER, task.id(), Optional.of(List.of(reports).get(what % 6)), TaskPatch.NOTHING, NOW);
            }
        }

        private void claim() {
            if (job.status().runnable()) {
                int queued = job.tasks().of(TaskStatus.QUEUED);
                stored.replaceAll((id, task) ->
                        task.status() == TaskStatus.QUEUED ? task.with(TaskStatus.CLAIMED_BY_MANAGER) : task);
                job = job.with(job.tasks().moved(TaskStatus.QUEUED, TaskStatus.CLAIMED_BY_MANAGER, queued));
            }
        }

        /** The writes of the real thing, in its order; a crash comes after the tasks and before the jobs. */
        private void write(Ledger ledger, boolean crash) {
            ledger.effects().forEach(effects -> job = effects.job());
            for (Ledger.ChangedTask change : ledger.changedTasks()) {
                TaskState was = stored(change.after().id());
                stored.put(was.id(), was.patched(change.patch()));
            }
            if (crash) {
                recover();
                return;
            }
            ledger.effects().forEach(effects -> effects.effects().forEach(this::carryOut));
            ledger.changedJobs().forEach(change -> job = change.after());
        }

        private void recover() {
            Ledger ledger = new Ledger(List.of(), List.of(job.with(counted())));
            ledger.happen(JOB, new JobEvent.Found());
            ledger.effects().forEach(effects -> effects.effects().forEach(this::carryOut));
            JobState after = ledger.job(JOB);
            job = after == null ? job : after;
        }

        private void carryOut(TaskEffect effect) {
            if (effect instanceof TaskEffect.Move move) {
                stored.replaceAll((id, task) -> move.from().contains(task.status()) ? task.with(move.to()) : task);
            }
        }

        /** The Manager confirms all that it was asked to stop. */
        void drain() {
            for (TaskId id : new ArrayList<>(stored.keySet())) {
                if (stored(id).status() == TaskStatus.CANCEL_REQUESTED) {
                    Ledger ledger = new Ledger(stored.values(), List.of(job));
                    ledger.report(MANAGER, id, Optional.of(TaskStatus.CANCELED), TaskPatch.NOTHING, NOW);
                    write(ledger, false);
                }
            }
        }

        TaskCounts counted() {
            Map<TaskStatus, Integer> counts = new EnumMap<>(TaskStatus.class);
            stored.values().forEach(task -> counts.merge(task.status(), 1, Integer::sum));
            return TaskCounts.of(counts);
        }

        private TaskState task(int which) {
            return new ArrayList<>(stored.values()).get(which % stored.size());
        }

        private TaskState stored(TaskId id) {
            @Nullable TaskState task = stored.get(id);
            if (task == null) {
                throw new IllegalStateException("no task " + id);
            }
            return task;
        }
    }
}
