package io.flamenco.manager.domain;

import io.flamenco.shared.id.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time during which a Worker did one thing.
 *
 * @param until absent while it goes on
 * @param kind the Worker's status; {@code task} while it ran one
 * @param taskId absent unless it ran a task
 * @param name of the task; empty unless it ran one
 * @param outcome the status in which the task left the Worker; empty while it runs and when it was no task
 */
public record Span(
        Instant from,
        @Nullable Instant until,
        String kind,
        @Nullable TaskId taskId,
        String name,
        String outcome) {

    /** The kind of a span in which a task ran. */
    public static final String TASK = "task";

    /** A time in which it had that status, begun and not ended. */
    public static Span of(String status, Instant from) {
        return new Span(from, null, status, null, "", "");
    }

    /** A time in which it ran that task, begun and not ended. */
    public static Span of(TaskId task, String name, Instant from) {
        return new Span(from, null, TASK, task, name, "");
    }

    /** The same with an end, never before its beginning. */
    public Span ended(Instant at, String how) {
        return new Span(from, at.isBefore(from) ? from : at, kind, taskId, name, kind.equals(TASK) ? how : "");
    }

    /** Whether it goes on. */
    public boolean open() {
        return until == null;
    }

    /** Whether it was over at that moment. */
    public boolean endedBefore(Instant moment) {
        return until != null && until.isBefore(moment);
    }
}
