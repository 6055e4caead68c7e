package io.flamenco.manager.scheduler;

import io.flamenco.manager.domain.TaskState;
import io.flamenco.manager.testjobs.BlockingTestFiles;
import io.flamenco.manager.testjobs.TestJobs;
import io.flamenco.manager.testjobs.TestJobs.Preparation;
import io.flamenco.manager.workers.WorkerOrders.Carried;
import io.flamenco.manager.workers.WorkerOrders.NoSuchWorker;
import io.flamenco.manager.workers.WorkerOrders.Outcome;
import io.flamenco.manager.workers.WorkerOrders.Refused;
import io.flamenco.manager.workers.WorkerOrders.WorkerView;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.wire.WireTask;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Queues test jobs for Workers in test mode, in two steps: files first, off the event loop, then the task. */
final class TestDesk {

    private final Farm farm;
    private final Roster roster;
    private final TestJobs jobs;
    private final BlockingTestFiles files = new BlockingTestFiles();

    TestDesk(Farm farm, Roster roster, TestJobs jobs) {
        this.farm = farm;
        this.roster = roster;
        this.jobs = jobs;
    }

    /** Why there can be no test job; empty when there can. */
    Optional<Outcome> refusal(WorkerId id) {
        WorkerEntry worker = farm.worker(id);
        return worker == null
                ? Optional.of(new NoSuchWorker())
                : jobs.refusal(roster.view(worker)).map(Refused::new);
    }

    /** What must be on disk. */
    Preparation preparation(WorkerId id) {
        return jobs.preparation(view(id));
    }

    /** Puts it on disk; blocks. */
    void prepare(Preparation preparation) throws IOException {
        files.prepare(preparation);
    }

    /** Queues the task. */
    Outcome queue(WorkerId id, Instant now) {
        WorkerEntry worker = farm.worker(id);
        if (worker == null) {
            return new NoSuchWorker();
        }
        WireTask wire = jobs.task(roster.view(worker), worker.identifier());
        TaskEntry task = new TaskEntry(Objects.requireNonNull(wire.id()));
        task.name = wire.name();
        task.taskType = farm.shared(wire.taskType());
        task.managerLocal = true;
        task.priority = wire.priority();
        task.jobPriority = wire.jobPriority();
        task.state = TaskState.Waiting.QUEUED;
        task.worker = worker.id;
        task.workerName = wire.worker();
        task.activity = wire.activity();
        task.lastUpdated = now;
        task.document = wire;
        farm.board.add(task);
        farm.changes.storeDocument(task, wire);
        return new Carried("Queued: " + TestJobs.TASK_TYPE);
    }

    private WorkerView view(WorkerId id) {
        return roster.view(Objects.requireNonNull(farm.worker(id)));
    }
}
