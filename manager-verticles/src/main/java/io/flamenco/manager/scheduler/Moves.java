package io.flamenco.manager.scheduler;

import io.flamenco.manager.domain.TaskEvent;
import io.flamenco.manager.domain.TaskMachine;
import io.flamenco.manager.domain.TaskState;
import io.flamenco.manager.domain.Transition;
import io.flamenco.manager.scheduler.Outbox.News;
import io.flamenco.manager.tasklog.TaskLogOrders;
import io.flamenco.shared.bus.ManagerFacts;
import io.flamenco.shared.status.TaskStatus;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** Moves a task from state to state, with everything that follows: indexes, outbox, log, facts. */
final class Moves {

    private static final DateTimeFormatter LOG_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssZ");

    private final Farm farm;

    Moves(Farm farm) {
        this.farm = farm;
    }

    /** Lets the event happen; true when the task moved or was confirmed in its state. */
    boolean happen(TaskEntry task, TaskEvent event, Instant now) {
        return happen(task, event, now, () -> {});
    }

    /** Lets the event happen, together with other changes of the task that indexes depend on. */
    boolean happen(TaskEntry task, TaskEvent event, Instant now, Runnable also) {
        if (!(TaskMachine.on(task.state, event) instanceof Transition.Moved<TaskState>(TaskState next))) {
            return false;
        }
        String before = task.state.wire();
        farm.board.change(task, () -> {
            task.state = next;
            also.run();
        });
        task.lastUpdated = now;
        task.stopWanted = next instanceof TaskState.CancelRequested ? now : null;
        if (next.finished()) {
            task.document = null;
        }
        farm.changes.store(task);
        tell(task, before, now);
        return true;
    }

    /** Tells the Server and remembers what people see of it. */
    void news(TaskEntry task, News news, Instant now) {
        if (!news.activity().isEmpty()) {
            task.activity = news.activity();
        }
        task.lastUpdated = now;
        farm.outbox.add(task, news, now);
        log(task, news.log());
    }

    /** Adds to the task's log file only. */
    void log(TaskEntry task, String text) {
        if (!text.isEmpty()) {
            farm.changes.log(new TaskLogOrders.AppendLog(task.id, task.job, text));
        }
    }

    /** Gives the Worker's task back to the queue; a task that was to stop is cancelled by that. */
    boolean requeue(TaskEntry task, WorkerEntry worker, String reason, Instant now) {
        if (!happen(task, new TaskEvent.Returned(worker.id), now)) {
            return false;
        }
        if (task.state.finished()) {
            canceled(task, now);
            return true;
        }
        String who = worker.identifier() + ": " + reason;
        news(
                task,
                News.status(TaskStatus.CLAIMED_BY_MANAGER.wire())
                        .worker("-")
                        .activity("Re-queued task after unassigning from worker " + who)
                        .log(line("Manager re-queued task after unassigning it from worker " + who, now)),
                now);
        return true;
    }

    /** Gives back all tasks of the Worker. */
    void requeueAll(WorkerEntry worker, String reason, Instant now) {
        farm.board.heldBy(worker.id).forEach(task -> requeue(task, worker, reason, now));
    }

    /** Tells that a task was cancelled. */
    void canceled(TaskEntry task, Instant now) {
        String text = "Manager cancelled task by request of Flamenco Server";
        news(task, News.status(TaskStatus.CANCELED.wire()).activity(text).log(line(text, now)), now);
    }

    /** A line for a task's log, with the time before it. */
    String line(String text, Instant now) {
        return LOG_TIME.format(now.atZone(farm.zone)) + ": " + text;
    }

    /** Tells people what the task looks like now. */
    void tell(TaskEntry task, String statusBefore, Instant now) {
        farm.changes.tell(new ManagerFacts.TaskStatusChanged(
                task.id,
                task.job,
                task.name,
                statusBefore,
                task.state.wire(),
                task.worker,
                task.workerName,
                task.activity,
                task.progress,
                now));
    }
}
