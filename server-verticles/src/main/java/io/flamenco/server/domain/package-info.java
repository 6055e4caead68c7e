/**
 * What happens to jobs and tasks, decided without doing anything.
 *
 * <p>{@link io.flamenco.server.domain.JobMachine} says which status a job takes when people order something or a task
 * changes, and which tasks change with it. {@link io.flamenco.server.domain.Ledger} works out a whole batch of reports in
 * order. Both look only at counts of tasks per status, never at all tasks of a job, so that their cost does not depend on
 * its size. Pure: no Vert.x, no I/O, no clock.
 */
@NullMarked
package io.flamenco.server.domain;

import org.jspecify.annotations.NullMarked;
