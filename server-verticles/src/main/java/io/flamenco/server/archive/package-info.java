/**
 * The archive of jobs: one compressed file per job with its document, those of its tasks and their uploaded logs, after
 * which the tasks leave the database.
 *
 * <p>{@link io.flamenco.server.archive.ArchiveVerticle} hears {@code server.archive.archive}. The file is complete and under
 * its final name before any task is removed, and a job that a crash caught on the way is archived anew at start. {@link
 * io.flamenco.server.archive.ArchiveFile} blocks; it runs on worker threads only.
 */
@NullMarked
package io.flamenco.server.archive;

import org.jspecify.annotations.NullMarked;
