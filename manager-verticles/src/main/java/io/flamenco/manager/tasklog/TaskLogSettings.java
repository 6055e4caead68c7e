package io.flamenco.manager.tasklog;

import java.nio.file.Path;

/**
 * How logs are kept.
 *
 * @param directory the setting {@code task_logs_path}; made when it is missing
 * @param syncEachWrite whether text is forced to the disk before it counts as written
 */
public record TaskLogSettings(Path directory, boolean syncEachWrite) {}
