/**
 * The archive of jobs: one compressed file per job with its document, those of its tasks and their uploaded logs, after
 * which the tasks leave the database.
 *
 * <p>{@link io.flamenco.server.archive.ArchiveVerticle} hears {@link io.flamenco.server.archive.ArchiveOrder}s. The file is
 * complete and under its final name before any task is removed, and it stays until a restored job is whole; what a crash
 * caught on the way is done again at start. Both ways go page by page, so the size of a job does not matter. {@link
 * io.flamenco.server.archive.ArchiveWriter} and {@link io.flamenco.server.archive.ArchiveReader} block; they run on worker
 * threads only.
 */
@NullMarked
package io.flamenco.server.archive;

import org.jspecify.annotations.NullMarked;
