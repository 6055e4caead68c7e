package io.flamenco.worker.outbox;

import io.flamenco.shared.id.TaskId;
import io.vertx.core.buffer.Buffer;

/**
 * An update that waits for the Manager.
 *
 * @param number orders the entries by age
 * @param key tells the update apart from all others, so that a Manager can recognise one that it has already taken
 * @param task which task it is of
 * @param body the JSON to send
 */
public record OutboxEntry(long number, String key, TaskId task, Buffer body) {}
