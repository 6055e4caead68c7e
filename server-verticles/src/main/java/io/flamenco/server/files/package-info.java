/**
 * The files that the Server keeps beside its database: the logs that Managers uploaded and the archives of jobs.
 *
 * <p>{@link io.flamenco.server.files.JobFiles} alone knows what they are called and where they lie. They go with
 * their job: its document is removed last, so that a crash leaves no file that nobody would ever remove.
 */
@NullMarked
package io.flamenco.server.files;

import org.jspecify.annotations.NullMarked;
