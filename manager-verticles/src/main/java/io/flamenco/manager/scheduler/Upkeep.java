package io.flamenco.manager.scheduler;

import io.flamenco.manager.domain.TaskEvent;
import io.flamenco.manager.domain.TaskState;
import io.flamenco.manager.scheduler.Outbox.News;
import io.flamenco.manager.scheduler.SchedulerOrders.ForgetTasks;
import io.flamenco.manager.scheduler.SchedulerOrders.Forgotten;
import io.flamenco.manager.scheduler.SchedulerOrders.TimeOut;
import io.flamenco.manager.scheduler.SchedulerOrders.TimedOut;
import io.flamenco.manager.workers.WorkerOrders.RemoveStale;
import io.flamenco.manager.workers.WorkerOrders.Removed;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.status.TaskStatus;
import io.flamenco.shared.status.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What time does to tasks and Workers: lost ones are given up, old ones are forgotten. */
final class Upkeep {

    /** As the original's index that lets lines of the blocklist expire. */
    private static final Duration BLOCKED_FOR = Duration.ofDays(7);

    private final Farm farm;
    private final Roster roster;
    private final Moves moves;

    Upkeep(Farm farm, Roster roster, Moves moves) {
        this.farm = farm;
        this.roster = roster;
        this.moves = moves;
    }

    TimedOut timeOut(TimeOut order, Instant now) {
        int tasks = 0;
        for (TaskEntry task : farm.board.held()) {
            tasks += timeOutTask(task, order, now) ? 1 : 0;
        }
        int workers = 0;
        for (WorkerEntry worker : farm.workers()) {
            if (worker.status == WorkerStatus.AWAKE
                    && !farm.waitingRoom.holds(worker.id)
                    && isPast(worker.lastActivity, order.workersBefore())) {
                roster.timeOut(worker, now);
                workers++;
            }
        }
        return new TimedOut(tasks, workers);
    }

    /** Forgets tasks that are over, told to the Server, and no longer needed by others. */
    Forgotten forget(ForgetTasks order, Instant now) {
        expireBlocklist(now);
        List<TaskEntry> old = new ArrayList<>();
        for (TaskEntry task : farm.board.all()) {
            if (isForgettable(task, order.before())) {
                old.add(task);
            }
        }
        old.forEach(task -> {
            farm.board.remove(task);
            farm.changes.remove(task);
        });
        return new Forgotten(old.size());
    }

    Removed removeStale(RemoveStale order, Instant now) {
        int removed = 0;
        for (WorkerEntry worker : farm.workers()) {
            if (order.statuses().contains(worker.status.wire())
                    && worker.lastActivity != null
                    && worker.lastActivity.isBefore(order.before())) {
                roster.remove(worker, "worker is being auto-removed", now);
                removed++;
            }
        }
        return new Removed(removed);
    }

    private boolean timeOutTask(TaskEntry task, TimeOut order, Instant now) {
        if (task.state instanceof TaskState.CancelRequested) {
            return isPast(task.stopWanted, order.workersBefore()) && stop(task, now);
        }
        if (!(task.state instanceof TaskState.Active(WorkerId owner)) || !isPast(task.lastPing, order.tasksBefore())) {
            return false;
        }
        WorkerEntry worker = owner == null ? null : farm.worker(owner);
        Instant lastPing = task.lastPing;
        moves.happen(task, new TaskEvent.TimedOut(), now);
        tellTimedOut(task, worker, lastPing, now);
        if (worker != null) {
            roster.timeOut(worker, now);
        }
        return true;
    }

    private boolean stop(TaskEntry task, Instant now) {
        boolean stopped = moves.happen(task, new TaskEvent.StopOverdue(), now);
        if (stopped) {
            moves.canceled(task, now);
        }
        return stopped;
    }

    private void tellTimedOut(TaskEntry task, @Nullable WorkerEntry worker, @Nullable Instant lastPing, Instant now) {
        String who = worker != null ? worker.identifier() : task.workerName.isEmpty() ? "-no worker-" : task.workerName;
        String since = lastPing == null ? "it was assigned" : lastPing.toString();
        String failed = TaskStatus.FAILED.wire();
        String requeued = task.state.wire().equals(failed) ? "" : "; it goes back into the queue";
        moves.news(
                task,
                News.status(task.state.wire())
                        .activity("Task timed out on worker " + who)
                        .worker(requeued.isEmpty() ? "" : "-")
                        .log(now.atOffset(ZoneOffset.UTC) + " Task " + task.name + " (" + task.id
                                + ") timed out, was active but untouched since " + since + ". Was handled by worker "
                                + who + requeued),
                now);
    }

    private boolean isForgettable(TaskEntry task, Instant before) {
        return task.state.finished()
                && task.outbox.isEmpty()
                && !farm.board.hasOpenChildren(task.id)
                && isPast(task.lastPing != null ? task.lastPing : task.lastUpdated, before);
    }

    private void expireBlocklist(Instant now) {
        for (WorkerEntry worker : farm.workers()) {
            worker.blocked.entrySet().removeIf(line -> {
                boolean expired = line.getValue().isBefore(now.minus(BLOCKED_FOR));
                if (expired) {
                    farm.changes.unblock(Changes.row(worker, line.getKey(), line.getValue()));
                }
                return expired;
            });
        }
    }

    private static boolean isPast(@Nullable Instant moment, Instant limit) {
        return moment == null || !moment.isAfter(limit);
    }
}
