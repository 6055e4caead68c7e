package io.flamenco.worker.domain;

import java.time.Duration;

/**
 * How often a Worker reports. A status is reported at once.
 *
 * @param logInterval the longest that a log line waits
 * @param logEntries how many log lines wait at most
 * @param activityInterval the longest that an activity waits
 */
public record Reporting(Duration logInterval, int logEntries, Duration activityInterval) {}
