package io.flamenco.mongo.storage;

import java.time.Duration;

/**
 * When the maps are written to their file. More often means a shorter journal to apply after a crash, and more writing.
 *
 * @param every how long a change stays in the journal only, at most
 * @param journalBytes how long the journal grows
 * @param unsavedBytes how much of the heap is taken by what is not in the file yet; about twice this while it is written
 */
public record CheckpointPolicy(Duration every, long journalBytes, long unsavedBytes) {
    private static final long MEGABYTE = 1 << 20;

    /** Every half a minute at least, and with a sixteenth of the heap, from 16 to 96 megabytes. */
    public static CheckpointPolicy standard() {
        long unsaved = Math.clamp(Runtime.getRuntime().maxMemory() / 16, 16 * MEGABYTE, 96 * MEGABYTE);
        return new CheckpointPolicy(Duration.ofSeconds(30), 64 * MEGABYTE, unsaved);
    }
}
