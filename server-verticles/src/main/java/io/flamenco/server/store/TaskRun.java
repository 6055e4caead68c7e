package io.flamenco.server.store;

import io.flamenco.server.domain.TaskTimes;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.status.TaskStatus;

/**
 * How long a task ran, and on whom.
 *
 * @param worker its name or address
 */
public record TaskRun(TaskId id, String name, String taskType, TaskStatus status, String worker, TaskTimes times) {}
