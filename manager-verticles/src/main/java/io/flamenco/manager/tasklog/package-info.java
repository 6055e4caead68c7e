/**
 * The log files of tasks: one file per task and run, older runs kept beside it.
 *
 * <p>Hears the orders of {@link io.flamenco.manager.tasklog.TaskLogOrders}, and tells each piece of text that was added
 * to {@link io.flamenco.shared.bus.Addresses#MANAGER_TASK_LOG} for live viewers.
 */
@NullMarked
package io.flamenco.manager.tasklog;

import org.jspecify.annotations.NullMarked;
