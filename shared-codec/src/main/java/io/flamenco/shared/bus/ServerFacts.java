package io.flamenco.shared.bus;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ProjectId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.id.WorkerId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a Server tells browsers and tools. */
public sealed interface ServerFacts {

    /** What became of a project, a user or a Manager: it is new. */
    String ADDED = "added";

    /** It is another one than before. */
    String CHANGED = "changed";

    /** It is gone. */
    String REMOVED = "removed";

    /** A Manager got a token of its own. */
    String LINKED = "linked";

    /** A Manager's token is worth nothing any more. */
    String REVOKED = "revoked";

    /**
     * How many tasks a job has.
     *
     * @param total all
     * @param byStatus status to how many have it; statuses that none has are left out
     */
    record TaskCounts(int total, Map<String, Integer> byStatus) {}

    /**
     * A job has another status or other counts of tasks.
     *
     * @param oldStatus empty for a job that was not there before
     * @param status empty for a job that is gone
     */
    record JobStatusChanged(
            JobId jobId,
            String name,
            String oldStatus,
            String status,
            String statusReason,
            TaskCounts tasks,
            Instant changedAt)
            implements ServerFacts {}

    /**
     * A task has another status, activity or progress.
     *
     * @param taskProgressPercentage 0 to 100
     */
    record TaskStatusChanged(
            TaskId taskId,
            JobId jobId,
            String name,
            String oldStatus,
            String status,
            String worker,
            String activity,
            int taskProgressPercentage,
            Instant changedAt)
            implements ServerFacts {}

    /**
     * A Worker of a Manager has another status, or another one is requested of it, as far as the Server was told.
     *
     * @param oldStatus empty for a Worker that was not known before
     * @param status empty for a Worker that is gone
     * @param statusRequested empty when none is
     */
    record WorkerStatusChanged(
            ManagerId managerId,
            WorkerId workerId,
            String nickname,
            String oldStatus,
            String status,
            String statusRequested,
            Instant changedAt)
            implements ServerFacts {}

    /**
     * A job has another small picture of what its tasks make.
     *
     * @param url of the JPEG, on the Server
     * @param frame that it shows; absent when that is not known
     * @param takenAt when the Server got it
     */
    record JobPictureAdded(
            JobId jobId,
            TaskId taskId,
            String url,
            @Nullable Integer frame,
            Instant takenAt) implements ServerFacts {}

    /**
     * A project is new, another one, or gone.
     *
     * @param change {@value #ADDED}, {@value #CHANGED} or {@value #REMOVED}
     */
    record ProjectChanged(ProjectId projectId, String name, String change, Instant changedAt) implements ServerFacts {}

    /**
     * A user is new, another one, or gone.
     *
     * @param name to log in with
     * @param role what they may do, as they are or were
     * @param change {@value #ADDED}, {@value #CHANGED} or {@value #REMOVED}
     */
    record UserChanged(UserId userId, String name, String role, boolean locked, String change, Instant changedAt)
            implements ServerFacts {}

    /**
     * A Manager is new or another one, or its credentials are.
     *
     * @param change {@value #ADDED}, {@value #CHANGED}, {@value #LINKED} or {@value #REVOKED}
     */
    record ManagerChanged(ManagerId managerId, String name, String change, Instant changedAt) implements ServerFacts {}
}
