package io.flamenco.manager.scheduler;

import io.flamenco.manager.workers.Seen;
import io.flamenco.shared.bus.Command;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UpdateId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.wire.MayKeepRunning;
import io.flamenco.shared.wire.TaskUpdate;
import io.flamenco.shared.wire.WireTask;
import io.flamenco.shared.wire.WorkerUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of the single owner of all tasks. Every answer is given only after what it says is in the database.
 */
public sealed interface SchedulerOrders {

    /** A Worker wants work. */
    Command<AssignTask, Assignment> ASSIGN_TASK =
            new Command<>("manager.scheduler.assign-task", AssignTask.class, Assignment.class);

    /** A Worker that waits for work has gone. */
    Command<StopWaiting, Done> STOP_WAITING =
            new Command<>("manager.scheduler.stop-waiting", StopWaiting.class, Done.class);

    /** An assigned task could not be sent to its Worker. */
    Command<TakeBack, Done> TAKE_BACK = new Command<>("manager.scheduler.take-back", TakeBack.class, Done.class);

    /** A Worker reports progress or the end of a task. */
    Command<ReportUpdate, Report> REPORT_UPDATE =
            new Command<>("manager.scheduler.report-update", ReportUpdate.class, Report.class);

    /** A Worker hands a task back. */
    Command<ReturnTask, Report> RETURN_TASK =
            new Command<>("manager.scheduler.return-task", ReturnTask.class, Report.class);

    /** A Worker asks whether it may go on. */
    Command<MayIRun, Permission> MAY_I_RUN =
            new Command<>("manager.scheduler.may-i-run", MayIRun.class, Permission.class);

    /** Times out tasks and Workers that were not heard of since given moments. */
    Command<TimeOut, TimedOut> TIME_OUT = new Command<>("manager.scheduler.time-out", TimeOut.class, TimedOut.class);

    /** The Server wants tasks stopped. */
    Command<CancelTasks, Done> CANCEL_TASKS =
            new Command<>("manager.scheduler.cancel-tasks", CancelTasks.class, Done.class);

    /** The Server sent tasks. */
    Command<MergeDownloaded, Merged> MERGE_DOWNLOADED =
            new Command<>("manager.scheduler.merge-downloaded", MergeDownloaded.class, Merged.class);

    /** Which tasks will be handed out next and were not compared with the Server's copy lately? */
    Command<NextInLine, TasksInLine> NEXT_IN_LINE =
            new Command<>("manager.scheduler.next-in-line", NextInLine.class, TasksInLine.class);

    /** A task was compared with the Server's copy. */
    Command<ReChecked, Done> RE_CHECKED = new Command<>("manager.scheduler.re-checked", ReChecked.class, Done.class);

    /** The oldest updates that the Server has not taken yet. */
    Command<TakeBatch, Batch> TAKE_BATCH = new Command<>("manager.scheduler.take-batch", TakeBatch.class, Batch.class);

    /** The Server answered a batch. */
    Command<BatchAnswered, Done> BATCH_ANSWERED =
            new Command<>("manager.scheduler.batch-answered", BatchAnswered.class, Done.class);

    /** How full the outbox is. */
    Command<OutboxSize, Outbox> OUTBOX_SIZE =
            new Command<>("manager.scheduler.outbox-size", OutboxSize.class, Outbox.class);

    /** Why does nobody run this task? */
    Command<Why, Reasons> WHY = new Command<>("manager.scheduler.why", Why.class, Reasons.class);

    /** One task as it stands here. */
    Command<FindTask, FoundTask> FIND_TASK =
            new Command<>("manager.scheduler.find-task", FindTask.class, FoundTask.class);

    /** The tasks that changed last, for people. */
    Command<RecentTasks, TaskList> RECENT_TASKS =
            new Command<>("manager.scheduler.recent-tasks", RecentTasks.class, TaskList.class);

    /** Numbers for the dashboard and for health checks. */
    Command<CountTasks, Counts> COUNT_TASKS =
            new Command<>("manager.scheduler.count-tasks", CountTasks.class, Counts.class);

    /** Forgets tasks that ended before a moment. */
    Command<ForgetTasks, Forgotten> FORGET_TASKS =
            new Command<>("manager.scheduler.forget-tasks", ForgetTasks.class, Forgotten.class);

    /**
     * A Worker wants work.
     *
     * @param waitAtMost how long it will wait for work to come up; zero to be answered at once
     * @param ticket tells this request from other ones of the same Worker
     */
    record AssignTask(WorkerId workerId, Seen seen, Duration waitAtMost, long ticket) implements SchedulerOrders {}

    /** The request of that ticket is no longer waited for. */
    record StopWaiting(WorkerId workerId, long ticket) implements SchedulerOrders {}

    /**
     * The task goes back into the queue, unless its Worker has got it since in answer to another request.
     *
     * @param ticket of the request whose answer could not be sent
     * @param error why not
     */
    record TakeBack(WorkerId workerId, TaskId taskId, long ticket, String error) implements SchedulerOrders {}

    /** What a Worker that wants work is told. */
    sealed interface Assignment {}

    /**
     * It is to run this task.
     *
     * @param task as the Server gave it, placeholders unexpanded; its status is {@code active}
     * @param platform the Worker's, for the expansion of variables
     */
    record Assigned(WireTask task, String platform) implements Assignment {}

    /** There is nothing for it now. */
    record NothingToDo() implements Assignment {}

    /** It is to take another status first. */
    record StatusRequested(String status) implements Assignment {}

    /** It supports no task types at all. */
    record NoTaskTypes() implements Assignment {}

    /**
     * A Worker reports progress or the end of a task.
     *
     * @param delivery by what it is known when it comes again
     */
    record ReportUpdate(WorkerId workerId, Seen seen, TaskId taskId, WorkerUpdate update, Delivery delivery)
            implements SchedulerOrders {

        /** A report that cannot be recognised when it comes again. */
        public ReportUpdate(WorkerId workerId, Seen seen, TaskId taskId, WorkerUpdate update) {
            this(workerId, seen, taskId, update, Delivery.UNNAMED);
        }
    }

    /** A Worker hands a task back. */
    record ReturnTask(WorkerId workerId, Seen seen, TaskId taskId) implements SchedulerOrders {}

    /** What became of a report. */
    sealed interface Report {}

    /** It was taken, if only in part: what a task is past of is ignored. */
    record Accepted() implements Report {}

    /** No such task is here. */
    record UnknownTask() implements Report {}

    /** The task is another Worker's. */
    record OtherWorker() implements Report {}

    /** The Worker was removed meanwhile. */
    record UnknownWorker() implements Report, Assignment, Permission {}

    /** A Worker asks whether it may go on. */
    record MayIRun(WorkerId workerId, Seen seen, TaskId taskId) implements SchedulerOrders {}

    /** What a Worker that asks whether it may go on is told. */
    sealed interface Permission {}

    /** What goes over the wire. */
    record Allowed(MayKeepRunning answer) implements Permission {}

    /**
     * Whose last sign of life is at or before these moments has timed out.
     *
     * @param tasksBefore for active tasks
     * @param workersBefore for Workers that are awake
     */
    record TimeOut(Instant tasksBefore, Instant workersBefore) implements SchedulerOrders {}

    /** How many timed out. */
    record TimedOut(int tasks, int workers) {}

    /** The Server wants tasks stopped; tasks unknown here are reported as cancelled. */
    record CancelTasks(List<TaskId> tasks) implements SchedulerOrders {}

    /**
     * Tasks from the Server; at most 2,000 per order, so that nobody waits behind a large download.
     *
     * @param askedAt when the download began: what the Server learnt of a task since then counts more than this
     */
    record MergeDownloaded(List<WireTask> tasks, Instant askedAt) implements SchedulerOrders {}

    /** How many of the downloaded tasks were new here, and how many changed something. */
    record Merged(int added, int changed) {}

    /** Asks for at most {@code max} tasks that were not compared with the Server's copy since {@code checkedBefore}. */
    record NextInLine(int max, Instant checkedBefore) implements SchedulerOrders {}

    /** The tasks, those that will be handed out first first. */
    record TasksInLine(List<TaskInLine> tasks) {}

    /** A task and the etag of the copy that is here. */
    record TaskInLine(TaskId taskId, String etag) {}

    /**
     * A task was compared with the Server's copy.
     *
     * @param askedAt when the Server was asked
     */
    record ReChecked(TaskId taskId, Instant askedAt, Freshness found) implements SchedulerOrders {}

    /** How the Server's copy of a task compares to ours. */
    sealed interface Freshness {}

    /** It is the same, or the Server could not tell. */
    record Fresh() implements Freshness {}

    /** It is another one. */
    record Changed(WireTask task) implements Freshness {}

    /** The Server no longer has the task. */
    record Gone() implements Freshness {}

    /** Asks for at most {@code max} updates. */
    record TakeBatch(int max) implements SchedulerOrders {}

    /** Updates in the order in which they must reach the Server; the next order gives the same ones until answered. */
    record Batch(List<TaskUpdate> updates) {}

    /**
     * The Server accepted a batch, if only in part.
     *
     * @param sent what was in the batch
     * @param handled what need not be sent again; the others are tried again, and set aside when refused too often
     */
    record BatchAnswered(List<UpdateId> sent, List<UpdateId> handled) implements SchedulerOrders {}

    /** Asks how full the outbox is. */
    record OutboxSize() implements SchedulerOrders {}

    /**
     * How full the outbox is.
     *
     * @param waiting updates that wait for the next push
     * @param quarantined updates that the Server refused too often to be sent with every batch
     */
    record Outbox(int waiting, int quarantined) {}

    /** Asks why nobody runs a task. */
    record Why(TaskId taskId) implements SchedulerOrders {}

    /**
     * Why nobody runs a task.
     *
     * @param known whether the task is here at all
     * @param status of the task; empty when unknown
     * @param runnable whether some Worker could take it now
     * @param reasons sentences for people; empty when the task only waits for its turn or runs
     */
    record Reasons(boolean known, String status, boolean runnable, List<String> reasons) {}

    /** Asks for one task. */
    record FindTask(TaskId taskId) implements SchedulerOrders {}

    /** The task, or nothing. */
    record FoundTask(@Nullable TaskView task) {}

    /** Asks for at most {@code max} tasks. */
    record RecentTasks(int max) implements SchedulerOrders {}

    /** Tasks, the one that changed last first. */
    record TaskList(List<TaskView> tasks) {}

    /**
     * A task for people.
     *
     * @param worker who runs it or ran it last; empty before the first
     */
    record TaskView(
            TaskId taskId,
            @Nullable JobId jobId,
            String name,
            String status,
            String taskType,
            int priority,
            int jobPriority,
            @Nullable WorkerId workerId,
            String worker,
            String activity,
            int taskProgressPercentage,
            @Nullable Instant lastUpdated) {}

    /** Asks for numbers. */
    record CountTasks() implements SchedulerOrders {}

    /**
     * Numbers for the dashboard.
     *
     * @param tasks all tasks here
     * @param byStatus status to how many tasks have it
     * @param ready how many could be handed out now
     * @param readyByType task type to how many of them have it; types without any are left out
     * @param workers how many Workers are registered
     * @param waitingWorkers how many wait for work with an open request
     */
    record Counts(
            int tasks,
            Map<String, Integer> byStatus,
            int ready,
            Map<String, Integer> readyByType,
            int workers,
            int waitingWorkers,
            Outbox outbox) {}

    /** Forgets finished tasks that nobody touched since {@code before}. */
    record ForgetTasks(Instant before) implements SchedulerOrders {}

    /** How many were forgotten. */
    record Forgotten(int count) {}
}
