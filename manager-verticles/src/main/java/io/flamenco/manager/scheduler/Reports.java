package io.flamenco.manager.scheduler;

import io.flamenco.manager.domain.ShortReport;
import io.flamenco.manager.domain.TaskEvent;
import io.flamenco.manager.domain.TaskEvent.Outcome;
import io.flamenco.manager.domain.TaskState;
import io.flamenco.manager.scheduler.Outbox.News;
import io.flamenco.manager.scheduler.SchedulerOrders.Accepted;
import io.flamenco.manager.scheduler.SchedulerOrders.Allowed;
import io.flamenco.manager.scheduler.SchedulerOrders.MayIRun;
import io.flamenco.manager.scheduler.SchedulerOrders.OtherWorker;
import io.flamenco.manager.scheduler.SchedulerOrders.Permission;
import io.flamenco.manager.scheduler.SchedulerOrders.Report;
import io.flamenco.manager.scheduler.SchedulerOrders.ReportUpdate;
import io.flamenco.manager.scheduler.SchedulerOrders.ReturnTask;
import io.flamenco.manager.scheduler.SchedulerOrders.UnknownTask;
import io.flamenco.manager.scheduler.SchedulerOrders.UnknownWorker;
import io.flamenco.shared.status.TaskStatus;
import io.flamenco.shared.status.WorkerStatus;
import io.flamenco.shared.wire.MayKeepRunning;
import io.flamenco.shared.wire.Metrics;
import io.flamenco.shared.wire.WorkerUpdate;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes what Workers say of their tasks.
 *
 * <p>A report on a task that is not active moves nothing, with one exception: the last word on a task that is to be
 * cancelled. Its log and progress count in any case.
 */
final class Reports {

    private final Farm farm;
    private final Roster roster;
    private final Moves moves;
    private final Failures failures;

    Reports(Farm farm, Roster roster, Moves moves) {
        this.farm = farm;
        this.roster = roster;
        this.moves = moves;
        this.failures = new Failures(farm, moves);
    }

    Report report(ReportUpdate order, Instant now) {
        WorkerEntry worker = farm.worker(order.workerId());
        if (worker == null) {
            return new UnknownWorker();
        }
        roster.seen(worker, order.seen(), now);
        TaskEntry task = farm.board.find(order.taskId());
        if (task == null) {
            return new UnknownTask();
        }
        if (task.worker != null && !task.worker.equals(worker.id)) {
            return new OtherWorker();
        }
        if (!task.took(order.delivery())) {
            take(task, worker, ShortReport.of(order.update()), now);
            if (text(order.update().log()).isEmpty()) {
                remember(task, order);
            }
        }
        return new Accepted();
    }

    /**
     * The log text of a report is in its file, so it need not come again. Only then is the report known as taken: if the
     * process died before, it is better written twice than lost.
     */
    void logged(ReportUpdate order) {
        TaskEntry task = farm.board.find(order.taskId());
        if (task != null && order.delivery().named() && !task.took(order.delivery())) {
            task.take(order.delivery());
            farm.changes.store(task);
        }
    }

    /** One that names a status must stay known even when it moved nothing, lest it moves the task's next run. */
    private void remember(TaskEntry task, ReportUpdate order) {
        task.take(order.delivery());
        if (order.delivery().named() && !text(order.update().taskStatus()).isEmpty()) {
            farm.changes.store(task);
        }
    }

    Report giveBack(ReturnTask order, Instant now) {
        WorkerEntry worker = farm.worker(order.workerId());
        if (worker == null) {
            return new UnknownWorker();
        }
        TaskEntry task = farm.board.find(order.taskId());
        if (task == null) {
            return new UnknownTask();
        }
        roster.seen(worker, order.seen(), now);
        moves.requeue(task, worker, "returned by worker", now);
        return new Accepted();
    }

    Permission mayRun(MayIRun order, Instant now) {
        WorkerEntry worker = farm.worker(order.workerId());
        if (worker == null) {
            return new UnknownWorker();
        }
        roster.askedForWork(worker, order.seen(), now);
        TaskEntry task = farm.board.find(order.taskId());
        String refusal = refusal(order, task, worker);
        if (task != null && refusal.isEmpty()) {
            ping(task, worker, now);
        }
        return new Allowed(new MayKeepRunning(refusal.isEmpty(), refusal, worker.statusRequested));
    }

    private static String refusal(MayIRun order, @Nullable TaskEntry task, WorkerEntry worker) {
        if (task == null) {
            return "unable to find task " + order.taskId();
        }
        if (task.worker != null && !task.worker.equals(worker.id)) {
            return "task " + task.id + " reassigned to another worker";
        }
        if (!(task.state instanceof TaskState.Active)) {
            return "task " + task.id + " in non-runnable status " + task.state.wire();
        }
        if (!worker.lazyRequest && stops(worker.statusRequested)) {
            return "worker status change to " + worker.statusRequested + " requested";
        }
        return "";
    }

    private static boolean stops(String requested) {
        return !requested.isEmpty()
                && !requested.equals(WorkerStatus.AWAKE.wire())
                && !requested.equals(WorkerStatus.TESTING.wire());
    }

    private void take(TaskEntry task, WorkerEntry worker, WorkerUpdate update, Instant now) {
        ping(task, worker, now);
        worker.currentTaskUpdated = now;
        if (update.taskStatus() != null && !update.taskStatus().isEmpty()) {
            worker.currentTaskStatus = update.taskStatus();
        }
        progress(task, update);
        Optional<Outcome> outcome = outcome(update.taskStatus());
        boolean wasActive = task.state instanceof TaskState.Active;
        News news = measured(task, update).worker(worker.identifier());
        if (wasActive && outcome.filter(Outcome.FAILED::equals).isPresent()) {
            news = failures.fail(task, worker, news.activity(text(update.activity())), now);
        } else if (outcome.isPresent() && moves.happen(task, new TaskEvent.Reported(worker.id, outcome.get()), now)) {
            news = with(task.state.wire(), news).activity(text(update.activity()));
        } else if (wasActive) {
            news = news.activity(text(update.activity()));
        }
        send(task, news, update, now);
    }

    private void send(TaskEntry task, News news, WorkerUpdate update, Instant now) {
        boolean said = !news.movesNothing() || !news.activity().isEmpty();
        if (said) {
            farm.changes.store(task);
            if (news.movesNothing()) {
                moves.tell(withActivity(task, news), task.state.wire(), now);
            }
        }
        if (said || !news.log().isEmpty() || news.metrics() != null || hasProgress(update)) {
            farm.changes.storeLater(task);
            moves.news(task, news, now);
        }
    }

    private static TaskEntry withActivity(TaskEntry task, News news) {
        task.activity = news.activity();
        return task;
    }

    private void ping(TaskEntry task, WorkerEntry worker, Instant now) {
        task.lastPing = now;
        if (task.worker == null) {
            farm.board.change(task, () -> {
                task.worker = worker.id;
                task.state = TaskState.of(task.state.wire(), worker.id);
            });
            task.workerName = worker.nickname;
            farm.changes.store(task);
        }
        worker.currentTaskUpdated = now;
        farm.changes.storeLater(task);
        farm.changes.storeLater(worker);
    }

    private static void progress(TaskEntry task, WorkerUpdate update) {
        task.progress = percent(update.taskProgressPercentage(), task.progress);
        task.commandIndex = Math.max(0, Objects.requireNonNullElse(update.currentCommandIdx(), task.commandIndex));
        task.commandProgress = percent(update.commandProgressPercentage(), task.commandProgress);
    }

    private static News measured(TaskEntry task, WorkerUpdate update) {
        Metrics metrics = update.timing().isEmpty() ? null : update.metrics();
        if (metrics != null) {
            task.metrics = metrics;
        }
        return new News("", "", text(update.log()), "", java.util.List.of(), metrics);
    }

    private static News with(String status, News news) {
        return new News(status, news.activity(), news.log(), news.worker(), news.failedBy(), news.metrics());
    }

    private static Optional<Outcome> outcome(@Nullable String status) {
        return TaskStatus.parse(text(status)).flatMap(known -> switch (known) {
            case ACTIVE -> Optional.of(Outcome.RUNNING);
            case COMPLETED -> Optional.of(Outcome.COMPLETED);
            case FAILED, SOFT_FAILED -> Optional.of(Outcome.FAILED);
            case CANCELED -> Optional.of(Outcome.CANCELED);
            case UNDER_CONSTRUCTION, PAUSED, QUEUED, CLAIMED_BY_MANAGER, CANCEL_REQUESTED -> Optional.empty();
        });
    }

    private static boolean hasProgress(WorkerUpdate update) {
        return update.taskProgressPercentage() != null
                || update.currentCommandIdx() != null
                || update.commandProgressPercentage() != null;
    }

    private static int percent(@Nullable Integer reported, int before) {
        return reported == null ? before : Math.max(0, Math.min(100, reported));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
