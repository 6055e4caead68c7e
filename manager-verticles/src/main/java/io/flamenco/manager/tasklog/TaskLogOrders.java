package io.flamenco.manager.tasklog;

import io.flamenco.shared.bus.Command;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import org.jspecify.annotations.Nullable;

/** What can be asked of the owner of the log files. Orders for one task are carried out in the order of asking. */
public sealed interface TaskLogOrders {

    /** Adds text to the current log of a task; answered when the text is in the file. */
    Command<AppendLog, Done> APPEND_LOG = new Command<>("manager.task-log.append", AppendLog.class, Done.class);

    /** A task starts anew: what was logged so far is put aside. */
    Command<RotateLog, Done> ROTATE_LOG = new Command<>("manager.task-log.rotate", RotateLog.class, Done.class);

    /**
     * Adds text to the current log of a task.
     *
     * @param jobId absent for a test task
     * @param text one or more lines; a missing last line break is added; empty text makes no file
     */
    record AppendLog(TaskId taskId, @Nullable JobId jobId, String text) implements TaskLogOrders {}

    /** Puts the current log of a task aside. */
    record RotateLog(TaskId taskId, @Nullable JobId jobId) implements TaskLogOrders {}
}
