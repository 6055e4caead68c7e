package io.flamenco.manager.history;

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

    static Span of(String status, Instant from) {
        return new Span(from, null, status, null, "", "");
    }

    static Span of(TaskId task, String name, Instant from) {
        return new Span(from, null, TASK, task, name, "");
    }

    Span ended(Instant at, String how) {
        return new Span(from, at.isBefore(from) ? from : at, kind, taskId, name, kind.equals(TASK) ? how : "");
    }

    boolean open() {
        return until == null;
    }

    boolean endedBefore(Instant moment) {
        return until != null && until.isBefore(moment);
    }
}
