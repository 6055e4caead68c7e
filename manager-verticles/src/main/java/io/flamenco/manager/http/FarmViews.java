package io.flamenco.manager.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.flamenco.manager.store.TaskPages.TaskDetails;
import io.flamenco.manager.store.TaskPages.TaskSummary;
import io.flamenco.manager.workers.WorkerOrders.BlocklistLine;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.wire.TaskCommand;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The documents of the dashboard, as they are in JSON. What is not known is left out. */
final class FarmViews {

    private FarmViews() {}

    /** The Server, for a link. */
    record ServerView(String name, String url) {}

    /** The picture to show. */
    record Picture(String url, @Nullable TaskId taskId, Instant producedAt) {}

    /**
     * The farm at a glance.
     *
     * @param managerMode {@code production} or {@code develop}
     * @param upstreamQueueSize updates that the Server has not taken yet
     * @param readyByType task type to how many tasks could be handed out now
     */
    record FarmView(
            String managerName,
            String managerMode,
            String version,
            String status,
            int nrOfWorkers,
            int nrOfTasks,
            int upstreamQueueSize,
            @Nullable Instant lastPush,
            Map<String, Integer> workersByStatus,
            Map<String, Integer> tasksByStatus,
            Map<String, Integer> readyByType,
            ServerView server,
            @Nullable Picture latestImage) {}

    /** What a Worker does now. */
    record CurrentTask(TaskId id, String name, @Nullable JobId job, String status, int taskProgressPercentage) {

        static CurrentTask of(TaskSummary task) {
            return new CurrentTask(task.id(), task.name(), task.job(), task.status(), task.taskProgressPercentage());
        }
    }

    /** A Worker in the list. */
    record WorkerLine(
            WorkerId id,
            String nickname,
            String status,
            String statusRequested,
            boolean lazyStatusRequest,
            String address,
            String platform,
            String software,
            @Nullable Instant lastActivity,
            List<String> supportedTaskTypes,
            WorkerDocument.Sleep sleepSchedule,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<BlockedFrom> blocklist,
            @Nullable CurrentTask currentTask) {}

    /** A type of tasks of a job that a Worker may not run, since it failed too many of them. */
    record BlockedFrom(JobId job, String taskType, Instant since) {

        static BlockedFrom of(BlocklistLine line) {
            return new BlockedFrom(line.jobId(), line.taskType(), line.created());
        }
    }

    /** All Workers. */
    record WorkersView(List<WorkerLine> workers) {}

    /**
     * A page of tasks.
     *
     * @param next to be given as {@code after} for the next page; absent after the last
     */
    record TasksView(List<TaskSummary> tasks, @Nullable TaskId next) {}

    /** One task with what it does and what it waits for. */
    record TaskView(@JsonUnwrapped TaskSummary summary, List<TaskCommand> commands, List<TaskId> parents) {

        static TaskView of(TaskDetails details) {
            return new TaskView(details.summary(), details.commands(), details.parents());
        }
    }
}
