package io.flamenco.manager.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.SampleTasks;
import io.flamenco.manager.domain.FailurePolicy;
import io.flamenco.manager.domain.TaskState;
import io.flamenco.manager.scheduler.SchedulerOrders.Accepted;
import io.flamenco.manager.scheduler.SchedulerOrders.Allowed;
import io.flamenco.manager.scheduler.SchedulerOrders.AssignTask;
import io.flamenco.manager.scheduler.SchedulerOrders.Assigned;
import io.flamenco.manager.scheduler.SchedulerOrders.Assignment;
import io.flamenco.manager.scheduler.SchedulerOrders.BatchAnswered;
import io.flamenco.manager.scheduler.SchedulerOrders.CancelTasks;
import io.flamenco.manager.scheduler.SchedulerOrders.Changed;
import io.flamenco.manager.scheduler.SchedulerOrders.MayIRun;
import io.flamenco.manager.scheduler.SchedulerOrders.MergeDownloaded;
import io.flamenco.manager.scheduler.SchedulerOrders.ReChecked;
import io.flamenco.manager.scheduler.SchedulerOrders.Report;
import io.flamenco.manager.scheduler.SchedulerOrders.ReportUpdate;
import io.flamenco.manager.scheduler.SchedulerOrders.ReturnTask;
import io.flamenco.manager.scheduler.SchedulerOrders.TakeBack;
import io.flamenco.manager.scheduler.SchedulerOrders.TimeOut;
import io.flamenco.manager.workers.Seen;
import io.flamenco.manager.workers.WorkerOrders.Register;
import io.flamenco.manager.workers.WorkerOrders.SignOff;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.wire.TaskUpdate;
import io.flamenco.shared.wire.WireTask;
import io.flamenco.shared.wire.WorkerUpdate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Random interleavings of everything that can happen, against a Server and Workers that remember: nobody shares a task, the
 * Server learns of every move in order, nothing is stuck, and each refusal has a reason.
 */
class FarmPropertyTest {

    private static final Seen SEEN = new Seen("127.0.0.1", "test");
    private static final int WORKERS = 3;
    private static final int TASKS = 6;

    private enum Kind {
        ASSIGN,
        COMPLETE,
        FAIL,
        PROGRESS,
        RETURN,
        SIGN_OFF,
        MAY_I_RUN,
        TIME_OUT,
        CANCEL,
        DOWNLOAD,
        PUSH,
        LOSE_PUSH,
        RE_CHECK,
        TAKE_BACK,
        REPEAT,
        RESTART
    }

    private record Step(Kind kind, int worker, int task) {}

    @Provide
    Arbitrary<List<Step>> histories() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(8, Kind.ASSIGN),
                                Tuple.of(5, Kind.COMPLETE),
                                Tuple.of(3, Kind.FAIL),
                                Tuple.of(2, Kind.PROGRESS),
                                Tuple.of(2, Kind.RETURN),
                                Tuple.of(1, Kind.SIGN_OFF),
                                Tuple.of(3, Kind.MAY_I_RUN),
                                Tuple.of(1, Kind.TIME_OUT),
                                Tuple.of(2, Kind.CANCEL),
                                Tuple.of(3, Kind.DOWNLOAD),
                                Tuple.of(4, Kind.PUSH),
                                Tuple.of(1, Kind.LOSE_PUSH),
                                Tuple.of(3, Kind.RE_CHECK),
                                Tuple.of(1, Kind.TAKE_BACK),
                                Tuple.of(2, Kind.REPEAT),
                                Tuple.of(1, Kind.RESTART)),
                        Arbitraries.integers().between(0, WORKERS - 1),
                        Arbitraries.integers().between(0, TASKS - 1))
                .as(Step::new)
                .list()
                .ofMinSize(20)
                .ofMaxSize(150);
    }

    @Property(tries = 150)
    void no_interleaving_breaks_a_promise(@ForAll("histories") List<Step> history) {
        World world = new World();
        for (Step step : history) {
            world.happen(step);
            world.checkPromises();
        }
        world.comeToAnEnd();
    }

    /** The farm, with a Server and Workers that remember what they were told. */
    private static final class World {

        private Instant now = Instant.parse("2026-11-22T08:00:00Z");
        private Owner owner = new Owner(new Farm(new FailurePolicy(100, 3), false, ZoneOffset.UTC));
        private final List<WorkerId> workers = new ArrayList<>();
        private final Map<WorkerId, Optional<TaskId>> running = new HashMap<>();
        private final List<WireTask> tasks = new ArrayList<>();
        private final Map<TaskId, String> serverStatus = new HashMap<>();
        private @Nullable ReportUpdate lastTaken;
        private long deliveries;

        World() {
            for (int i = 0; i < WORKERS; i++) {
                WorkerId id = owner.roster
                        .register(new Register("hash", "linux", List.of("sleep"), "w" + i, "127.0.0.1:1"))
                        .workerId();
                workers.add(id);
                running.put(id, Optional.empty());
            }
            for (int i = 0; i < TASKS; i++) {
                TaskId[] parents = i == TASKS - 1 ? new TaskId[] {id(0)} : new TaskId[0];
                tasks.add(SampleTasks.task("sleep", 50, 50, parents));
            }
            download();
            owner.settle(now);
        }

        private TaskId id(int task) {
            return Objects.requireNonNull(tasks.get(task).id());
        }

        void happen(Step step) {
            now = now.plusSeconds(1);
            WorkerId worker = workers.get(step.worker());
            switch (step.kind()) {
                case ASSIGN -> assign(worker);
                case COMPLETE -> report(worker, step, "completed");
                case FAIL -> report(worker, step, "failed");
                case PROGRESS -> report(worker, step, "active");
                case RETURN -> giveBack(worker, step);
                case SIGN_OFF -> {
                    owner.roster.signOff(new SignOff(worker), now);
                    running.put(worker, Optional.empty());
                }
                case MAY_I_RUN -> mayRun(worker, step);
                case TIME_OUT -> {
                    now = now.plus(Duration.ofMinutes(20));
                    owner.upkeep.timeOut(
                            new TimeOut(now.minus(Duration.ofMinutes(10)), now.minus(Duration.ofMinutes(1))), now);
                }
                case CANCEL -> cancel(step);
                case DOWNLOAD -> download();
                case PUSH -> push(true);
                case LOSE_PUSH -> push(false);
                case RE_CHECK -> reCheck(step);
                case TAKE_BACK -> takeBack(worker);
                case REPEAT -> repeat();
                case RESTART -> owner = owner.restarted(now);
            }
            owner.settle(now);
        }

        private Optional<TaskId> runBy(WorkerId worker) {
            return running.getOrDefault(worker, Optional.empty());
        }

        private void assign(WorkerId worker) {
            AtomicReference<Assignment> answer = new AtomicReference<>();
            owner.dispatch.assign(new AssignTask(worker, SEEN, Duration.ZERO, 1), now, answer::set);
            owner.fetchDocuments(tasks, now);
            Assignment given = Objects.requireNonNull(answer.get());
            if (given instanceof Assigned assigned) {
                running.put(worker, Optional.ofNullable(assigned.task().id()));
            } else {
                running.put(worker, Optional.empty());
                if (given instanceof SchedulerOrders.StatusRequested) {
                    owner.roster.acknowledge(
                            new io.flamenco.manager.workers.WorkerOrders.AckStatus(worker, "awake"), now);
                }
            }
        }

        private void report(WorkerId worker, Step step, String status) {
            TaskId task = runBy(worker).orElse(id(step.task()));
            TaskState before = owner.task(task).state;
            ReportUpdate order = new ReportUpdate(
                    worker,
                    SEEN,
                    task,
                    new WorkerUpdate(status, status, 10, null, null, null, null),
                    new Delivery(++deliveries));
            Report report = owner.reports.report(order, now);
            lastTaken = report instanceof Accepted ? order : lastTaken;
            boolean ours = before instanceof TaskState.Active(WorkerId holder) && worker.equals(holder);
            if (ours) {
                assertThat(report).isInstanceOf(Accepted.class);
                assertThat(owner.task(task).state.wire())
                        .isIn(status.equals("failed") ? List.of("failed", "soft-failed") : List.of(status));
            }
            if (!status.equals("active")) {
                running.put(worker, Optional.empty());
            }
        }

        /** The answer to the last report that was taken was lost, so it comes again. */
        private void repeat() {
            if (lastTaken != null) {
                TaskEntry task = owner.task(lastTaken.taskId());
                TaskState before = task.state;
                int failures = task.failedBy.size();
                owner.reports.report(lastTaken, now);
                assertThat(task.state).isEqualTo(before);
                assertThat(task.failedBy).hasSize(failures);
            }
        }

        /** The Server's copy has another priority, and the status that the Server knows. */
        private void reCheck(Step step) {
            WireTask copy = tasks.get(step.task());
            String status = serverStatus.getOrDefault(id(step.task()), "claimed-by-manager");
            owner.serverSide.reChecked(
                    new ReChecked(
                            id(step.task()), now, new Changed(SampleTasks.with(copy, status, 40 + 10 * step.worker()))),
                    now);
        }

        /** A restart ends the request, so that nobody hears any more that its answer was lost. */
        private void takeBack(WorkerId worker) {
            Optional<TaskId> sent =
                    runBy(worker).filter(task -> Objects.requireNonNull(owner.farm.worker(worker)).ticket == 1);
            sent.ifPresent(task -> {
                owner.dispatch.takeBack(new TakeBack(worker, task, 1, "connection reset"), now);
                running.put(worker, Optional.empty());
                assertThat(owner.task(task).state).isNotEqualTo(new TaskState.Active(worker));
            });
        }

        private void giveBack(WorkerId worker, Step step) {
            TaskId task = runBy(worker).orElse(id(step.task()));
            owner.reports.giveBack(new ReturnTask(worker, SEEN, task), now);
            running.put(worker, Optional.empty());
        }

        private void mayRun(WorkerId worker, Step step) {
            TaskId task = runBy(worker).orElse(id(step.task()));
            var answer = ((Allowed) owner.reports.mayRun(new MayIRun(worker, SEEN, task), now)).answer();
            if (answer.mayKeepRunning()) {
                assertThat(owner.task(task).state).isEqualTo(new TaskState.Active(worker));
            } else {
                assertThat(answer.reason()).isNotBlank();
                running.put(worker, Optional.empty());
            }
        }

        private void cancel(Step step) {
            TaskId task = id(step.task());
            if (!List.of("completed", "failed", "canceled").contains(serverStatus.get(task))) {
                serverStatus.put(task, "cancel-requested");
                owner.serverSide.cancel(new CancelTasks(List.of(task)), now);
            }
        }

        /** The Server sends what it has to run, as it knows it. */
        private void download() {
            List<WireTask> current = new ArrayList<>();
            for (WireTask task : tasks) {
                String status =
                        serverStatus.computeIfAbsent(Objects.requireNonNull(task.id()), id -> "claimed-by-manager");
                if (List.of("claimed-by-manager", "soft-failed", "active", "cancel-requested")
                        .contains(status)) {
                    current.add(SampleTasks.with(task, status, 50));
                }
            }
            owner.serverSide.merge(new MergeDownloaded(current, now), now);
        }

        private void push(boolean answerArrives) {
            owner.store(now);
            List<TaskUpdate> batch = owner.farm.outbox.batch(0, Long.MAX_VALUE);
            for (TaskUpdate update : batch) {
                accept(update);
            }
            if (answerArrives) {
                var ids = batch.stream().map(TaskUpdate::id).toList();
                owner.serverSide.answered(new BatchAnswered(ids, ids), now);
            }
        }

        private void accept(TaskUpdate update) {
            boolean stopping = "cancel-requested".equals(serverStatus.get(update.taskId()));
            boolean ends = List.of("completed", "failed", "canceled").contains(update.taskStatus());
            if (!update.taskStatus().isEmpty() && (!stopping || ends)) {
                serverStatus.put(update.taskId(), update.taskStatus());
            }
        }

        void checkPromises() {
            Map<TaskId, WorkerId> owners = new HashMap<>();
            for (WorkerId worker : workers) {
                for (TaskEntry task : owner.farm.board.heldBy(worker)) {
                    assertThat(owners.put(task.id, worker))
                            .as("task %s has two owners", task.id)
                            .isNull();
                }
            }
            int ready = 0;
            for (TaskEntry task : owner.farm.board.all()) {
                ready += task.ready() ? 1 : 0;
                boolean parentsDone = task.parents.stream()
                        .allMatch(parent -> owner.task(parent).completed());
                assertThat(task.openParents == 0).as("parents of %s", task.name).isEqualTo(parentsDone);
            }
            assertThat(owner.farm.board.ready().size()).isEqualTo(ready);
        }

        /** When nothing disturbs any more, all tasks end, and the Server knows how. */
        void comeToAnEnd() {
            for (int i = 0; i < 12 * TASKS; i++) {
                for (WorkerId worker : workers) {
                    happen(new Step(Kind.ASSIGN, workers.indexOf(worker), 0));
                    if (runBy(worker).isPresent()) {
                        happen(new Step(Kind.COMPLETE, workers.indexOf(worker), 0));
                    }
                }
                happen(new Step(Kind.PUSH, 0, 0));
                happen(new Step(Kind.CANCEL, 0, i % TASKS));
                happen(new Step(Kind.PUSH, 0, 0));
                happen(new Step(Kind.DOWNLOAD, 0, 0));
            }
            happen(new Step(Kind.TIME_OUT, 0, 0));
            happen(new Step(Kind.PUSH, 0, 0));
            for (TaskEntry task : owner.farm.board.all()) {
                assertThat(task.state.finished())
                        .as("task %s is in status %s", task.name, task.state.wire())
                        .isTrue();
                assertThat(serverStatus.get(task.id)).isEqualTo(task.state.wire());
                assertThat(task.outbox).isEmpty();
            }
            assertThat(owner.farm.outbox.waiting()).isZero();
        }
    }
}
