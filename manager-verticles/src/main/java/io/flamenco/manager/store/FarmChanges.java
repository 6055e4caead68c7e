package io.flamenco.manager.store;

import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UpdateId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.wire.TaskUpdate;
import io.flamenco.shared.wire.WireTask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one turn of the loop changed; every part can be written again without harm.
 *
 * @param documents tasks that are new here, or that the Server sent anew, with everything
 * @param tasks tasks of which only what the Manager itself decides has changed
 * @param looseUpdates updates of tasks that are not here
 * @param confirmedUpTo the Server has confirmed every update of a task up to this number; 0 when that has not changed
 */
public record FarmChanges(
        List<TaskDocument> documents,
        List<TaskChange> tasks,
        List<TaskId> removedTasks,
        List<WorkerRow> workers,
        List<WorkerId> removedWorkers,
        List<BlocklistRow> blocked,
        List<BlocklistRow> unblocked,
        List<TaskUpdate> looseUpdates,
        List<UpdateId> handledLooseUpdates,
        long confirmedUpTo) {

    /**
     * A task of which only what the Manager itself decides has changed.
     *
     * @param before what the database has of it, or will have by then; absent when that is not known
     */
    public record TaskChange(TaskRow row, @Nullable TaskRow before) {}

    /** A task with everything. */
    public record TaskDocument(TaskRow row, WireTask task) {}
}
