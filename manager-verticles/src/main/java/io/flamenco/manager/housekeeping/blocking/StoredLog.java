package io.flamenco.manager.housekeeping.blocking;

import io.flamenco.shared.id.TaskId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A file with the log of a task: the current one, one that was put aside, or a compressed copy. */
public record StoredLog(TaskId task, Path file, long bytes, Instant changed) {

    /**
     * What a look at all logs found.
     *
     * @param bytes of all
     * @param oldest some of them, the one that changed longest ago first
     */
    public record Shelf(long bytes, List<StoredLog> oldest) {}
}
