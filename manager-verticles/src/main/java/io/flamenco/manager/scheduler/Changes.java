package io.flamenco.manager.scheduler;

import io.flamenco.manager.scheduler.TaskEntry.LaneKey;
import io.flamenco.manager.store.BlocklistRow;
import io.flamenco.manager.store.FarmChanges;
import io.flamenco.manager.store.FarmChanges.TaskChange;
import io.flamenco.manager.store.FarmChanges.TaskDocument;
import io.flamenco.manager.store.QueuedUpdate;
import io.flamenco.manager.store.TaskRow;
import io.flamenco.manager.store.TaskRow.Progress;
import io.flamenco.manager.tasklog.TaskLogOrders;
import io.flamenco.shared.bus.ManagerFacts;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UpdateId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.wire.TaskUpdate;
import io.flamenco.shared.wire.WireTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What changed in memory and is not in the database yet, what is to be logged, and what is to be told once it is stored.
 *
 * <p>An urgent change must be stored before somebody is answered; one that can wait, such as a sign of life, goes along
 * with the next write.
 */
final class Changes {

    private final Set<TaskEntry> tasks = new LinkedHashSet<>();
    private final Set<TaskEntry> tasksThatCanWait = new LinkedHashSet<>();
    private final Map<TaskEntry, WireTask> documents = new LinkedHashMap<>();
    private final Set<TaskId> removedTasks = new LinkedHashSet<>();
    private final Set<WorkerEntry> workers = new LinkedHashSet<>();
    private final Set<WorkerEntry> workersThatCanWait = new LinkedHashSet<>();
    private final Set<WorkerId> removedWorkers = new LinkedHashSet<>();
    private final List<BlocklistRow> blocked = new ArrayList<>();
    private final List<BlocklistRow> unblocked = new ArrayList<>();
    private final Map<UpdateId, TaskUpdate> looseUpdates = new LinkedHashMap<>();
    private final Set<UpdateId> handledLooseUpdates = new LinkedHashSet<>();
    private long confirmedUpTo;
    private final List<ManagerFacts> facts = new ArrayList<>();
    private final List<TaskLogOrders> logOrders = new ArrayList<>();
    private long turn;
    private boolean taskTypesChanged;

    /** What one turn writes, and what is told afterwards. */
    record Turn(long number, FarmChanges changes, List<ManagerFacts> facts, boolean taskTypesChanged) {}

    void store(TaskEntry task) {
        tasks.add(task);
    }

    void storeLater(TaskEntry task) {
        tasksThatCanWait.add(task);
    }

    void storeDocument(TaskEntry task, WireTask document) {
        documents.put(task, document);
        removedTasks.remove(task.id);
    }

    void remove(TaskEntry task) {
        tasks.remove(task);
        tasksThatCanWait.remove(task);
        documents.remove(task);
        removedTasks.add(task.id);
    }

    void store(WorkerEntry worker) {
        workers.add(worker);
    }

    void storeLater(WorkerEntry worker) {
        workersThatCanWait.add(worker);
    }

    void remove(WorkerEntry worker) {
        workers.remove(worker);
        workersThatCanWait.remove(worker);
        removedWorkers.add(worker.id);
    }

    void block(BlocklistRow row) {
        unblocked.removeIf(row::isSameLine);
        blocked.add(row);
    }

    void unblock(BlocklistRow row) {
        blocked.removeIf(row::isSameLine);
        unblocked.add(row);
    }

    void storeLoose(TaskUpdate update) {
        looseUpdates.put(update.id(), update);
    }

    void removeLoose(UpdateId id) {
        looseUpdates.remove(id);
        handledLooseUpdates.add(id);
    }

    /** The Server has confirmed all updates of tasks up to this number. */
    void confirmed(long upTo) {
        confirmedUpTo = upTo;
    }

    void tell(ManagerFacts fact) {
        facts.add(fact);
    }

    void tellTaskTypesChanged() {
        taskTypesChanged = true;
    }

    void log(TaskLogOrders order) {
        logOrders.add(order);
    }

    /** The log orders since the last call, in order. */
    List<TaskLogOrders> takeLogOrders() {
        if (logOrders.isEmpty()) {
            return List.of();
        }
        List<TaskLogOrders> taken = List.copyOf(logOrders);
        logOrders.clear();
        return taken;
    }

    /** The number of the turn that will write what changes now. */
    long turn() {
        return turn;
    }

    /** Whether somebody waits for something to be stored or told. */
    boolean urgent() {
        return !(tasks.isEmpty()
                && documents.isEmpty()
                && removedTasks.isEmpty()
                && workers.isEmpty()
                && removedWorkers.isEmpty()
                && blocked.isEmpty()
                && unblocked.isEmpty()
                && looseUpdates.isEmpty()
                && handledLooseUpdates.isEmpty()
                && confirmedUpTo == 0
                && facts.isEmpty()
                && !taskTypesChanged);
    }

    boolean any() {
        return urgent() || !tasksThatCanWait.isEmpty() || !workersThatCanWait.isEmpty();
    }

    /** What can wait becomes urgent. */
    void hurry() {
        tasks.addAll(tasksThatCanWait);
        tasksThatCanWait.clear();
        workers.addAll(workersThatCanWait);
        workersThatCanWait.clear();
    }

    /** Everything urgent, as it is now; later changes belong to the next turn. */
    Turn take() {
        tasks.removeAll(documents.keySet());
        tasksThatCanWait.removeAll(tasks);
        tasksThatCanWait.removeAll(documents.keySet());
        workersThatCanWait.removeAll(workers);
        FarmChanges changes = new FarmChanges(
                documents.entrySet().stream()
                        .map(entry -> document(entry.getKey(), entry.getValue()))
                        .toList(),
                tasks.stream().map(Changes::change).toList(),
                List.copyOf(removedTasks),
                workers.stream().map(WorkerEntry::row).toList(),
                List.copyOf(removedWorkers),
                List.copyOf(blocked),
                List.copyOf(unblocked),
                List.copyOf(looseUpdates.values()),
                List.copyOf(handledLooseUpdates),
                confirmedUpTo);
        Turn taken = new Turn(turn++, changes, List.copyOf(facts), taskTypesChanged);
        clear();
        return taken;
    }

    static BlocklistRow row(WorkerEntry worker, LaneKey lane, Instant created) {
        if (lane.job() == null) {
            throw new IllegalArgumentException("a test task blocks nobody");
        }
        return new BlocklistRow(worker.id, lane.job(), lane.taskType(), created);
    }

    private void clear() {
        tasks.clear();
        documents.clear();
        removedTasks.clear();
        workers.clear();
        removedWorkers.clear();
        blocked.clear();
        unblocked.clear();
        looseUpdates.clear();
        handledLooseUpdates.clear();
        confirmedUpTo = 0;
        facts.clear();
        taskTypesChanged = false;
    }

    private static TaskDocument document(TaskEntry task, WireTask document) {
        task.stored = null;
        return new TaskDocument(row(task, document.jobType()), document);
    }

    /** A task that is over is not remembered, for it hardly changes any more and there may be many. */
    private static TaskChange change(TaskEntry task) {
        TaskRow row = row(task, "");
        TaskRow before = task.stored;
        task.stored = task.state.finished() && task.outbox.isEmpty() ? null : row;
        return new TaskChange(row, before);
    }

    private static List<QueuedUpdate> queued(List<PendingUpdate> outbox) {
        return outbox.isEmpty()
                ? List.of()
                : outbox.stream()
                        .map(pending -> new QueuedUpdate(pending.number, pending.update))
                        .toList();
    }

    private static TaskRow row(TaskEntry task, String jobType) {
        return new TaskRow(
                task.id,
                task.job,
                task.name,
                task.state.wire(),
                task.taskType,
                jobType,
                task.priority,
                task.jobPriority,
                task.etag,
                task.parents,
                task.worker,
                task.workerName,
                task.failedBy,
                task.activity,
                task.metrics,
                new Progress(task.progress, task.commandIndex, task.commandProgress),
                task.lastPing,
                task.lastUpdated,
                queued(task.outbox),
                task.deliveries);
    }
}
