package io.flamenco.manager.scheduler;

import io.flamenco.manager.domain.TaskEvent;
import io.flamenco.manager.domain.TaskState;
import io.flamenco.manager.scheduler.Outbox.News;
import io.flamenco.manager.scheduler.SchedulerOrders.AssignTask;
import io.flamenco.manager.scheduler.SchedulerOrders.Assigned;
import io.flamenco.manager.scheduler.SchedulerOrders.Assignment;
import io.flamenco.manager.scheduler.SchedulerOrders.NoTaskTypes;
import io.flamenco.manager.scheduler.SchedulerOrders.NothingToDo;
import io.flamenco.manager.scheduler.SchedulerOrders.StatusRequested;
import io.flamenco.manager.scheduler.SchedulerOrders.TakeBack;
import io.flamenco.manager.scheduler.SchedulerOrders.UnknownWorker;
import io.flamenco.manager.scheduler.WaitingRoom.Waiter;
import io.flamenco.manager.tasklog.TaskLogOrders;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.status.TaskStatus;
import io.flamenco.shared.wire.WireTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives tasks to Workers.
 *
 * <p>A task can only be given with its document, which is not kept in memory for a long queue. Documents of the tasks
 * next in line are fetched before they are needed; a Worker that comes too early stands aside until they are there.
 */
final class Dispatch {

    private final Farm farm;
    private final Roster roster;
    private final Moves moves;
    private final List<Aside> aside = new ArrayList<>();
    private final Documents documents;
    private boolean nothingLeft;

    private record Aside(AssignTask order, Consumer<Assignment> answer) {}

    Dispatch(Farm farm, Roster roster, Moves moves) {
        this.farm = farm;
        this.roster = roster;
        this.moves = moves;
        this.documents = new Documents(farm);
    }

    /** Gives the Worker a task, now or within the time that it waits; {@code answer} is called exactly once. */
    void assign(AssignTask order, Instant now, Consumer<Assignment> answer) {
        WorkerEntry worker = farm.worker(order.workerId());
        if (worker == null) {
            answer.accept(new UnknownWorker());
            return;
        }
        replaceEarlierRequest(worker);
        roster.askedForWork(worker, order.seen(), now);
        admit(order, worker, now, answer);
    }

    /** Gives tasks that became ready to Workers that wait, to no more of them than there are tasks. */
    void serveWaiting(Instant now) {
        for (String type : farm.board.takeNewlyReady()) {
            int left = farm.board.ready().size(type);
            for (Waiter waiter : farm.waitingRoom.inLineFor(type)) {
                if (left == 0) {
                    break;
                }
                left -= serve(waiter, now) ? 1 : 0;
            }
        }
    }

    /** Tells those whose time is up that there is nothing. */
    void dismissOverdue(Instant now) {
        for (Waiter waiter : farm.waitingRoom.takeOverdue(now)) {
            roster.seen(waiter.worker(), now);
            waiter.answer().accept(new NothingToDo());
        }
    }

    /** A task could not be sent to its Worker. One that came again meanwhile got the same task, and keeps it. */
    void takeBack(TakeBack order, Instant now) {
        TaskEntry task = farm.board.find(order.taskId());
        WorkerEntry worker = farm.worker(order.workerId());
        if (task == null
                || worker == null
                || worker.ticket != order.ticket()
                || !moves.happen(task, new TaskEvent.Returned(worker.id), now)) {
            return;
        }
        if (task.state.finished()) {
            moves.canceled(task, now);
        } else {
            tellTakenBack(task, worker, order.error(), now);
        }
    }

    private void tellTakenBack(TaskEntry task, WorkerEntry worker, String error, Instant now) {
        String who = worker.identifier();
        moves.news(
                task,
                News.status(task.state.wire())
                        .worker("-")
                        .activity("Re-queued task after unassigning from worker " + who + " ")
                        .log(moves.line(
                                "Manager re-queued task after there was an error sending it to worker " + who + ":\n"
                                        + error,
                                now)),
                now);
    }

    /** Whether a Worker found nothing since the last call. */
    boolean takeNothingLeft() {
        boolean was = nothingLeft;
        nothingLeft = false;
        return was;
    }

    /** The tasks whose documents must be fetched now; none while others are being fetched. */
    List<TaskId> takeWanted() {
        return documents.takeWanted(aside.size());
    }

    /** Documents have come. */
    void fetched(List<TaskId> asked, List<WireTask> found, Instant now) {
        documents.arrived(asked, found);
        retryAside(now);
    }

    /** Documents could not be fetched; who stands aside is told to come again. */
    void notFetched() {
        documents.failed();
        List<Aside> waiting = List.copyOf(aside);
        aside.clear();
        waiting.forEach(order -> order.answer().accept(new NothingToDo()));
    }

    private void replaceEarlierRequest(WorkerEntry worker) {
        Waiter earlier = farm.waitingRoom.leave(worker.id);
        if (earlier != null) {
            earlier.answer().accept(new NothingToDo());
        }
    }

    private void admit(AssignTask order, WorkerEntry worker, Instant now, Consumer<Assignment> answer) {
        if (!worker.statusRequested.isEmpty()) {
            answer.accept(new StatusRequested(worker.statusRequested));
        } else if (worker.taskTypes.isEmpty()) {
            answer.accept(new NoTaskTypes());
        } else {
            confirmStopped(worker, now);
            offer(order, worker, now, answer);
        }
    }

    private void confirmStopped(WorkerEntry worker, Instant now) {
        for (TaskEntry task : farm.board.heldBy(worker.id)) {
            if (task.state instanceof TaskState.CancelRequested) {
                moves.requeue(task, worker, "", now);
            }
        }
    }

    private void offer(AssignTask order, WorkerEntry worker, Instant now, Consumer<Assignment> answer) {
        TaskEntry task = candidate(worker);
        if (task == null && !order.waitAtMost().isPositive()) {
            nothingLeft = true;
            answer.accept(new NothingToDo());
        } else if (task == null) {
            nothingLeft = true;
            farm.waitingRoom.enter(worker, order.ticket(), now.plus(order.waitAtMost()), answer);
        } else if (task.document == null) {
            aside.add(new Aside(order, answer));
            documents.want(task);
        } else {
            worker.ticket = order.ticket();
            answer.accept(give(task, task.document, worker, now));
        }
    }

    private boolean serve(Waiter waiter, Instant now) {
        TaskEntry task = candidate(waiter.worker());
        if (task == null) {
            return false;
        }
        farm.waitingRoom.leave(waiter.worker().id);
        AssignTask order = new AssignTask(
                waiter.worker().id, roster.lastSeen(waiter.worker()), waiter.remaining(now), waiter.ticket());
        offer(order, waiter.worker(), now, waiter.answer());
        return true;
    }

    private void retryAside(Instant now) {
        List<Aside> again = List.copyOf(aside);
        aside.clear();
        for (Aside order : again) {
            WorkerEntry worker = farm.worker(order.order().workerId());
            if (worker == null) {
                order.answer().accept(new UnknownWorker());
            } else {
                admit(order.order(), worker, now, order.answer());
            }
        }
    }

    private @Nullable TaskEntry candidate(WorkerEntry worker) {
        for (TaskEntry task : farm.board.heldBy(worker.id)) {
            if (task.state instanceof TaskState.Active) {
                return task;
            }
        }
        return farm.board
                .ready()
                .first(
                        worker.taskTypes,
                        worker::mayRun,
                        task -> !task.failedBy(worker.id) && (!task.managerLocal || worker.id.equals(task.worker)));
    }

    private Assigned give(TaskEntry task, WireTask document, WorkerEntry worker, Instant now) {
        boolean again = task.state instanceof TaskState.Active;
        if (!again) {
            farm.changes.log(new TaskLogOrders.RotateLog(task.id, task.job));
            documents.handedOut(task.taskType);
        }
        WireTask asItWas = task.withDocument(document);
        moves.happen(task, new TaskEvent.Assigned(worker.id), now, () -> {
            task.worker = worker.id;
            task.lastPing = now;
        });
        task.workerName = worker.nickname;
        startAnew(task, again);
        worker.currentTask = task.id;
        farm.changes.storeLater(worker);
        String text = "Manager assigned task " + task.id + " to worker " + worker.identifier();
        moves.news(
                task,
                News.status(TaskStatus.ACTIVE.wire())
                        .activity(text)
                        .log(moves.line(text, now))
                        .worker(worker.identifier()),
                now);
        return new Assigned(asItWas.withStatus(TaskStatus.ACTIVE), worker.platform);
    }

    private static void startAnew(TaskEntry task, boolean again) {
        if (!again) {
            task.progress = 0;
            task.commandIndex = 0;
            task.commandProgress = 0;
        }
    }
}
