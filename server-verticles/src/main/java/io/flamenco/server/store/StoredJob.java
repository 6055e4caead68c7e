package io.flamenco.server.store;

import io.flamenco.server.domain.JobState;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ProjectId;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.status.JobStatus;
import java.time.Instant;

/**
 * A job as it is stored.
 *
 * @param settings as a JSON object; empty when it was not read
 * @param created when it was submitted
 * @param updated when it last changed
 * @param released when its tasks last became visible to the Manager all at once, or changed priority; counts as a change
 *     of each of them
 * @param startPaused whether it is put on hold once compiled
 * @param statusBeforeArchive the status that it had when it was taken to the archive; its own when it was not
 */
public record StoredJob(
        JobState state,
        String jobType,
        String description,
        ProjectId project,
        UserId user,
        int priority,
        String settings,
        Instant created,
        Instant updated,
        Instant released,
        boolean startPaused,
        JobStatus statusBeforeArchive) {

    /** Its identifier. */
    public JobId id() {
        return state.id();
    }

    /** The Manager that runs it. */
    public ManagerId manager() {
        return state.manager();
    }

    /** Its status. */
    public JobStatus status() {
        return state.status();
    }

    /** The later of a moment and the job's release: when a task that was written at that moment last changed. */
    public Instant changed(Instant taskWritten) {
        return released.isAfter(taskWritten) ? released : taskWritten;
    }
}
