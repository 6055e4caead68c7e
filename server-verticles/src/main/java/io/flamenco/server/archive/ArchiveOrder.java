package io.flamenco.server.archive;

import io.flamenco.server.jobs.Sight;
import io.flamenco.shared.bus.Command;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.id.JobId;

/** What can be ordered of the archive. Both are answered as soon as they have begun. */
public sealed interface ArchiveOrder {

    /** Moves a job that has ended to the archive. */
    Command<Archive, Done> ARCHIVE = new Command<>("server.archive.archive", Archive.class, Done.class);

    /** Brings an archived job back as it was. */
    Command<Restore, Done> RESTORE = new Command<>("server.archive.restore", Restore.class, Done.class);

    /**
     * @param seen on what condition
     * @see #ARCHIVE
     */
    record Archive(JobId job, Sight seen) implements ArchiveOrder {}

    /**
     * @param seen on what condition
     * @see #RESTORE
     */
    record Restore(JobId job, Sight seen) implements ArchiveOrder {}
}
