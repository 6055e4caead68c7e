package io.flamenco.shared.wire;

import io.flamenco.shared.id.WorkerId;

/**
 * A Worker that failed a task.
 *
 * @param id the Worker, as its Manager knows it
 * @param identifier the Worker's address and nickname, for people
 */
public record FailedByWorker(WorkerId id, String identifier) {}
