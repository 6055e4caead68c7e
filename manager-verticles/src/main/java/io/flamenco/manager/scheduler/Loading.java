package io.flamenco.manager.scheduler;

import io.flamenco.manager.domain.TaskState;
import io.flamenco.manager.scheduler.TaskEntry.LaneKey;
import io.flamenco.manager.store.BlocklistRow;
import io.flamenco.manager.store.FarmStore;
import io.flamenco.manager.store.QueuedUpdate;
import io.flamenco.manager.store.TaskRow;
import io.flamenco.manager.store.WorkerRow;
import io.flamenco.shared.wire.TaskUpdate;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Fills the farm from the database when the process starts. */
final class Loading {

    private final Farm farm;
    private final Instant now;
    private final List<Pending> updates = new ArrayList<>();

    private record Pending(PendingUpdate update, Optional<TaskEntry> task) {}

    Loading(Farm farm, Instant now) {
        this.farm = farm;
        this.now = now;
    }

    /** Succeeds when everything is in memory. */
    Future<Void> from(FarmStore store) {
        return store.prepare()
                .compose(done -> store.confirmedUpTo())
                .onSuccess(farm.outbox::restoreConfirmed)
                .compose(done -> store.eachWorker(this::addWorker))
                .compose(done -> store.eachBlocked(this::block))
                .compose(done -> store.eachTask(this::add))
                .compose(done -> store.eachLooseUpdate(this::addLoose))
                .onSuccess(done -> finish());
    }

    void addWorker(WorkerRow row) {
        farm.add(WorkerEntry.of(row));
    }

    void block(BlocklistRow row) {
        WorkerEntry worker = farm.worker(row.workerId());
        if (worker != null) {
            worker.blocked.put(new LaneKey(farm.shared(row.jobId()), farm.shared(row.taskType())), row.created());
        }
    }

    void add(TaskRow row) {
        TaskEntry task = new TaskEntry(row.id());
        task.job = row.job() == null ? null : farm.shared(row.job());
        task.name = row.name();
        task.taskType = farm.shared(row.taskType());
        task.managerLocal = row.jobType().equals(TaskEntry.MANAGER_LOCAL);
        task.priority = row.priority();
        task.jobPriority = row.jobPriority();
        task.etag = row.etag();
        task.parents = row.parents();
        task.worker = row.workerId();
        task.workerName = farm.shared(row.workerName());
        task.failedBy = row.failedBy();
        task.activity = row.activity();
        task.metrics = row.metrics();
        task.progress = row.progress().task();
        task.commandIndex = row.progress().commandIndex();
        task.commandProgress = row.progress().command();
        task.deliveries = row.deliveries();
        task.lastPing = row.lastPing();
        task.lastUpdated = row.lastUpdated();
        task.state = TaskState.of(row.status(), row.workerId());
        task.stopWanted = task.state instanceof TaskState.CancelRequested ? now : null;
        farm.board.add(task);
        row.outbox().stream()
                .filter(queued -> !queued.confirmed(farm.outbox.confirmedUpTo()))
                .forEach(queued -> restore(task, queued));
    }

    private void restore(TaskEntry task, QueuedUpdate queued) {
        PendingUpdate pending = new PendingUpdate(queued.number(), queued.update());
        pending.sent = true;
        task.addToOutbox(pending);
        updates.add(new Pending(pending, Optional.of(task)));
    }

    void addLoose(TaskUpdate update) {
        updates.add(new Pending(new PendingUpdate(0, update), Optional.empty()));
    }

    /** Brings the outbox into order, after everything was added. */
    void finish() {
        updates.sort(Comparator.comparing(
                        (Pending pending) -> pending.update().update.receivedOnManager())
                .thenComparing(pending -> pending.update().update.id()));
        updates.forEach(
                pending -> farm.outbox.restore(pending.update(), pending.task().orElse(null)));
        farm.board.takeNewlyReady();
    }
}
