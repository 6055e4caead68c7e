package io.flamenco.server.jobs;

import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.StoredTask;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UpdateId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the owner of jobs and tasks answers. */
public sealed interface JobAnswer {

    /**
     * A batch of reports was stored.
     *
     * @param changed how many of the reports changed a task
     * @param handled what the Manager need not send again
     * @param toCancel tasks that the Manager shall stop
     */
    record Reported(int changed, List<UpdateId> handled, List<TaskId> toCancel) implements JobAnswer {}

    /**
     * What there is for a Manager.
     *
     * @param anyJobs whether there are jobs to run at all
     * @param whole jobs of which the Manager needs all tasks
     * @param changed jobs of which it needs what changed
     * @param upTo the moment up to which the offer reaches
     */
    record Offered(boolean anyJobs, List<JobId> whole, Set<JobId> changed, Instant upTo) implements JobAnswer {}

    /**
     * Tasks for their Manager, those that were queued being its own from now on.
     *
     * @param jobs the jobs they belong to
     * @param last the last task that was looked at, for the next page; empty when there is no next page
     */
    record Tasks(Map<JobId, StoredJob> jobs, List<StoredTask> tasks, Optional<TaskId> last) implements JobAnswer {}

    /**
     * A job was stored.
     *
     * @param created false when it was there already, from the same request sent before
     */
    record Submitted(JobId job, boolean created) implements JobAnswer {}
}
