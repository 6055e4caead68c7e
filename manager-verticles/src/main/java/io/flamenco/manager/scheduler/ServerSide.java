package io.flamenco.manager.scheduler;

import io.flamenco.manager.domain.TaskEvent;
import io.flamenco.manager.domain.TaskState;
import io.flamenco.manager.scheduler.Outbox.News;
import io.flamenco.manager.scheduler.SchedulerOrders.BatchAnswered;
import io.flamenco.manager.scheduler.SchedulerOrders.CancelTasks;
import io.flamenco.manager.scheduler.SchedulerOrders.Changed;
import io.flamenco.manager.scheduler.SchedulerOrders.Fresh;
import io.flamenco.manager.scheduler.SchedulerOrders.Gone;
import io.flamenco.manager.scheduler.SchedulerOrders.MergeDownloaded;
import io.flamenco.manager.scheduler.SchedulerOrders.Merged;
import io.flamenco.manager.scheduler.SchedulerOrders.NextInLine;
import io.flamenco.manager.scheduler.SchedulerOrders.ReChecked;
import io.flamenco.manager.scheduler.SchedulerOrders.TaskInLine;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.status.TaskStatus;
import io.flamenco.shared.wire.WireTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the Server says of tasks: new ones, other ones, cancelled ones, and what it has taken from the outbox. */
final class ServerSide {

    /** Documents of so many downloaded tasks are kept at hand; those of longer queues are fetched when needed. */
    private static final int DOCUMENTS_AT_HAND = 5000;

    private final Farm farm;
    private final Moves moves;
    private final Set<TaskId> inDoubt = new LinkedHashSet<>();

    ServerSide(Farm farm, Moves moves) {
        this.farm = farm;
        this.moves = moves;
    }

    Merged merge(MergeDownloaded order, Instant now) {
        int added = 0;
        int changed = 0;
        for (WireTask task : order.tasks()) {
            if (task.id() == null) {
                continue;
            }
            TaskEntry known = farm.board.find(task.id());
            if (known == null) {
                add(task.id(), task, now);
                added++;
            } else if (merge(known, task, order.askedAt(), now)) {
                changed++;
            }
        }
        return new Merged(added, changed);
    }

    void reChecked(ReChecked order, Instant now) {
        TaskEntry task = farm.board.find(order.taskId());
        if (task == null) {
            return;
        }
        task.checkedAt = order.askedAt();
        if (!(order.found() instanceof Fresh)) {
            inDoubt.remove(task.id);
        }
        switch (order.found()) {
            case Fresh same -> {}
            case Changed(WireTask other) -> merge(task, other, order.askedAt(), now);
            case Gone gone -> gone(task, order.askedAt(), now);
        }
    }

    void cancel(CancelTasks order, Instant now) {
        for (TaskId id : new LinkedHashSet<>(order.tasks())) {
            TaskEntry task = farm.board.find(id);
            if (task == null) {
                String text = "Manager cancelled task by request of Flamenco Server";
                farm.outbox.addLoose(
                        id,
                        News.status(TaskStatus.CANCELED.wire()).activity(text).log(moves.line(text, now)),
                        now);
            } else if (!moves.happen(task, new TaskEvent.CancelWanted(), now)) {
                repeatEnd(task, now);
            } else if (task.state.finished()) {
                moves.canceled(task, now);
            }
        }
    }

    /** Those in doubt come first, without an etag, for their copies are wanted whatever they are. */
    List<TaskInLine> nextInLine(NextInLine order) {
        List<TaskInLine> next = new ArrayList<>();
        inDoubt.removeIf(id -> farm.board.find(id) == null);
        inDoubt.forEach(id -> next.add(new TaskInLine(id, "")));
        for (String type : supportedTypes()) {
            farm.board.ready().eachOfFirst(type, order.max(), task -> {
                if (!task.managerLocal && task.checkedAt.isBefore(order.checkedBefore())) {
                    next.add(new TaskInLine(task.id, task.etag));
                }
            });
        }
        return next.size() <= order.max() ? next : List.copyOf(next.subList(0, order.max()));
    }

    void answered(BatchAnswered order, Instant now) {
        farm.outbox.answered(order.sent(), order.handled(), now);
    }

    private Set<String> supportedTypes() {
        Set<String> types = new LinkedHashSet<>();
        farm.workers().forEach(worker -> types.addAll(worker.taskTypes));
        return types;
    }

    private void add(TaskId id, WireTask wire, Instant now) {
        TaskEntry task = new TaskEntry(id);
        take(task, wire);
        task.failedBy = wire.failedByWorkers();
        task.activity = wire.activity();
        task.workerName = wire.worker();
        task.metrics = wire.metrics();
        task.state = TaskState.of(wire.status(), null);
        task.lastUpdated = now;
        task.lastPing = task.state instanceof TaskState.Active ? now : null;
        task.checkedAt = now;
        farm.board.add(task);
        keepAtHand(task, wire);
        farm.changes.storeDocument(task, wire);
        if (wire.status().equals(TaskStatus.CANCEL_REQUESTED.wire())) {
            moves.happen(task, new TaskEvent.StopOverdue(), now);
            moves.canceled(task, now);
        }
        moves.tell(task, "", now);
    }

    private boolean merge(TaskEntry task, WireTask wire, Instant askedAt, Instant now) {
        task.checkedAt = now;
        if (wire.etag().equals(task.etag)
                && !wire.etag().isEmpty()
                && wire.status().equals(task.state.wire())) {
            return false;
        }
        farm.board.change(task, () -> take(task, wire));
        if (!task.state.finished()) {
            keepAtHand(task, wire);
        }
        farm.changes.storeDocument(task, wire);
        if (!wire.status().equals(task.state.wire())) {
            followOrDoubt(task, wire, askedAt, now);
        }
        return true;
    }

    /**
     * What the Server said before it knew all of a task is no order. But it may have been one, given in just that moment,
     * and will not be said again, so the Server is asked once more.
     */
    private void followOrDoubt(TaskEntry task, WireTask wire, Instant askedAt, Instant now) {
        if (knowsAll(task, askedAt)) {
            follow(task, wire, now);
        } else if (!(task.state instanceof TaskState.Active)) {
            inDoubt.add(task.id);
        }
    }

    /** Whether the Server had been told everything about the task when it was asked. */
    private static boolean knowsAll(TaskEntry task, Instant askedAt) {
        return task.handledAt.isBefore(askedAt)
                && task.outbox.stream()
                        .allMatch(pending -> pending.update.taskStatus().isEmpty());
    }

    private void follow(TaskEntry task, WireTask wire, Instant now) {
        boolean waited = !(task.state instanceof TaskState.Active);
        moves.happen(task, new TaskEvent.Downloaded(wire.status()), now, () -> {
            if (waited) {
                task.failedBy = wire.failedByWorkers();
            }
        });
        if (!task.state.finished()) {
            keepAtHand(task, wire);
        }
        if (wire.status().equals(TaskStatus.CANCEL_REQUESTED.wire()) && task.state.equals(TaskState.Ended.CANCELED)) {
            moves.canceled(task, now);
        }
    }

    private void take(TaskEntry task, WireTask wire) {
        task.job = wire.job() == null ? null : farm.shared(wire.job());
        task.name = wire.name();
        task.taskType = farm.shared(wire.taskType().isEmpty() ? "unknown" : wire.taskType());
        task.managerLocal = wire.jobType().equals(TaskEntry.MANAGER_LOCAL);
        task.priority = wire.priority();
        task.jobPriority = wire.jobPriority();
        task.etag = wire.etag();
        task.parents = List.copyOf(new LinkedHashSet<>(wire.parents()));
    }

    private void keepAtHand(TaskEntry task, WireTask wire) {
        task.document = task.document != null || farm.board.ready().size() <= DOCUMENTS_AT_HAND ? wire : null;
    }

    private void gone(TaskEntry task, Instant askedAt, Instant now) {
        if (!task.state.schedulable() || !knowsAll(task, askedAt)) {
            return;
        }
        if (moves.happen(task, new TaskEvent.CancelWanted(), now)) {
            task.activity = "Manager cancelled task, as Flamenco Server no longer has it";
            moves.log(task, moves.line(task.activity, now));
        }
    }

    /** The Server goes on asking until it is told how the task ended. */
    private void repeatEnd(TaskEntry task, Instant now) {
        boolean onItsWay = task.outbox.stream()
                .anyMatch(pending -> !pending.update.taskStatus().isEmpty());
        if (task.state.finished() && !onItsWay) {
            farm.outbox.add(task, News.status(task.state.wire()), now);
            farm.changes.store(task);
        }
    }
}
