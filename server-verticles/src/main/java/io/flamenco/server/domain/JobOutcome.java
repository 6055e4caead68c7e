package io.flamenco.server.domain;

import io.flamenco.shared.status.JobStatus;
import java.util.List;

/** What an event makes of a job. */
public sealed interface JobOutcome {

    /**
     * The job changes.
     *
     * @param via the first status on the way; to be stored before any of the effects happens, so that a crash in between
     *     can be made good
     * @param job how it is after all effects
     * @param effects what happens to its tasks, in order
     */
    record Moved(JobStatus via, JobState job, List<TaskEffect> effects) implements JobOutcome {

        public Moved {
            effects = List.copyOf(effects);
        }
    }

    /** Nothing changes. */
    record Unchanged() implements JobOutcome {}

    /**
     * The job cannot take the status that is wanted.
     *
     * @param why for people
     */
    record Refused(String why) implements JobOutcome {}
}
