/**
 * The Manager's database: the only place that knows the names of collections and fields.
 *
 * <p>The names and types are those of the Flamenco 2 Manager, so that a database that it filled can be used. Our own
 * additions: a task's unsent updates live in its document under {@code outbox}, and its progress is kept beside them, so
 * that one write per task and turn is enough.
 */
@NullMarked
package io.flamenco.manager.store;

import org.jspecify.annotations.NullMarked;
