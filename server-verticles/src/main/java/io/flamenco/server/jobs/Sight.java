package io.flamenco.server.jobs;

import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.StoredTask;
import java.util.Optional;

/**
 * What somebody saw who wants to change it only as long as it is still so.
 *
 * @param job empty when it does not matter how the job is
 * @param task empty when it does not matter how the task is
 */
public record Sight(Optional<StoredJob> job, Optional<StoredTask> task) {

    /** Of somebody who wants the change however things are. */
    public static final Sight NOTHING = new Sight(Optional.empty(), Optional.empty());

    /** Of this job. */
    public static Sight of(StoredJob job) {
        return new Sight(Optional.of(job), Optional.empty());
    }

    /** Of this task. */
    public static Sight of(StoredTask task) {
        return new Sight(Optional.empty(), Optional.of(task));
    }
}
