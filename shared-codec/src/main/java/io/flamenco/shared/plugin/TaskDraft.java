package io.flamenco.shared.plugin;

import io.flamenco.shared.wire.TaskCommand;
import java.util.List;

/**
 * A task as a compiler makes it.
 *
 * @param name for people
 * @param taskType what a Worker must support to run it
 * @param priority higher runs earlier among the tasks of the job; 50 unless there is a reason
 * @param commands what to do, in order
 * @param parents positions, in the compiler's list, of tasks that must be completed first; all before this one's
 */
public record TaskDraft(String name, String taskType, int priority, List<TaskCommand> commands, List<Integer> parents) {

    /** What a task has when its compiler has no opinion. */
    public static final int USUAL_PRIORITY = 50;

    public TaskDraft {
        commands = List.copyOf(commands);
        parents = List.copyOf(parents);
    }
}
