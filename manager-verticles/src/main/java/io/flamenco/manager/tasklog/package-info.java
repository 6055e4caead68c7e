/**
 * The log files of tasks, one per task and run, in the layout of the Flamenco 2 protocol.
 *
 * <p>{@link io.flamenco.manager.tasklog.TaskLogVerticle} is the only writer. It decides nothing but the order of writing:
 * texts and rotations of one task are carried out in the order in which they came, those of many tasks together in one go,
 * off the event loops. It hears {@link io.flamenco.manager.tasklog.TaskLogOrders}, answers when the text is in the file, and
 * then tells live viewers at {@link io.flamenco.shared.bus.Addresses#MANAGER_TASK_LOG} what was added and where. It stores
 * the files below {@code task_logs_path}; the classes named {@code Blocking…} are the ones that touch them. A disk that
 * fails is reported in the log of the Manager and never fails a Worker's update; its text is kept in memory, as far as that
 * goes, until the disk takes it.
 */
@NullMarked
package io.flamenco.manager.tasklog;

import org.jspecify.annotations.NullMarked;
