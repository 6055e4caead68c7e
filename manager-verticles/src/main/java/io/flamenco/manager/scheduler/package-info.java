/**
 * The one owner of every task and every Worker of this Manager.
 *
 * <p>It decides who runs what, what a report changes, what is told to the Server, and whose time is up. Everything that
 * changes a task or a Worker is an order of {@link io.flamenco.manager.scheduler.SchedulerOrders} or {@link
 * io.flamenco.manager.workers.WorkerOrders} to it, so nothing ever changes under its feet. The state is in memory; each
 * change is in the database before the order is answered. All changes of one turn of the loop are written together, and
 * while one write is under way the next turn collects.
 */
@NullMarked
package io.flamenco.manager.scheduler;

import org.jspecify.annotations.NullMarked;
