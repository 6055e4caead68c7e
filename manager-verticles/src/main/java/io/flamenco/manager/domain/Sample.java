package io.flamenco.manager.domain;

import java.time.Instant;

/**
 * How busy the farm was in one minute.
 *
 * @param at the start of the minute
 * @param working Workers that ran a task
 * @param awake Workers that were awake, those that ran a task among them
 * @param known Workers that could have been: all but those that were not there for long
 */
public record Sample(Instant at, int working, int awake, int known) {}
