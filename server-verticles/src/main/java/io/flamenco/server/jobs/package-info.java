/**
 * The owner of all jobs and tasks.
 *
 * <p>{@link io.flamenco.server.jobs.JobKeeperVerticle} carries out every change of a job or a task, one turn after the other;
 * what Managers report while a turn is under way waits for the next one and is then written together. An answer goes out
 * when the database has acknowledged. {@link io.flamenco.server.jobs.SubmissionVerticle} checks, compiles and stores new jobs;
 * their tasks become visible in one step, by a word of the keeper.
 *
 * <p>Hears {@link io.flamenco.server.jobs.JobOrder}s; tells {@code server.job.status-changed} and {@code
 * server.task.status-changed}. Nothing here must survive a restart: jobs whose counts may be wrong are marked in the
 * database before their tasks change, and are counted anew at start.
 */
@NullMarked
package io.flamenco.server.jobs;

import org.jspecify.annotations.NullMarked;
