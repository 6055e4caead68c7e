package io.flamenco.server.store;

import io.flamenco.shared.id.TaskId;
import java.util.List;

/**
 * A task that a compiler made and that is about to be stored.
 *
 * @param commands as a JSON array
 */
public record NewTask(TaskId id, String name, String taskType, int priority, String commands, List<TaskId> parents) {

    public NewTask {
        parents = List.copyOf(parents);
    }
}
