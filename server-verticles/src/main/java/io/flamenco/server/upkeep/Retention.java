package io.flamenco.server.upkeep;

import java.time.Duration;
import java.util.Optional;

/**
 * For how long jobs are kept.
 *
 * @param filesMayTake how long a job may wait for its files before it is removed
 * @param archiveAfter how long after their last change jobs that have ended go to the archive; empty for never
 * @param deleteArchivesAfter how long archived jobs are kept; empty for ever
 */
public record Retention(
        Duration filesMayTake, Optional<Duration> archiveAfter, Optional<Duration> deleteArchivesAfter) {}
