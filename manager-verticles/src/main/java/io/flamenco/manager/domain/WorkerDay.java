package io.flamenco.manager.domain;

import io.flamenco.shared.id.TaskId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one Worker did, as spans without overlap; only the newest are kept. */
public final class WorkerDay {

    /** Some 24 h of five-minute tasks; a Worker with shorter ones is remembered for less long. */
    public static final int MOST_SPANS = 300;

    private final Deque<Span> spans = new ArrayDeque<>();
    private boolean changed;

    /** A day that goes on from what was stored, the oldest first. */
    public WorkerDay(List<Span> stored) {
        spans.addAll(stored);
    }

    /** The Worker has that status from now on; the same status again changes nothing. */
    public void status(String status, Instant at) {
        Span last = spans.peekLast();
        if (last != null && last.open() && (last.kind().equals(status) || runs(last, status))) {
            return;
        }
        begin(Span.of(status, at), at, "");
    }

    /** A task runs on the Worker from now on. */
    public void task(TaskId task, String name, Instant at) {
        Span last = spans.peekLast();
        if (last == null || !last.open() || !task.equals(last.taskId())) {
            begin(Span.of(task, name, at), at, "");
        }
    }

    /** A task no longer runs on the Worker, which is awake and free then. */
    public void taskLeft(TaskId task, String outcome, Instant at) {
        Span last = spans.peekLast();
        if (last != null && last.open() && task.equals(last.taskId())) {
            begin(Span.of("awake", at), at, outcome);
        }
    }

    /** Forgets what ended before that moment. */
    public void forget(Instant before) {
        while (!spans.isEmpty() && spans.getFirst().endedBefore(before)) {
            spans.removeFirst();
            changed = true;
        }
    }

    /** What had not ended by that moment, the oldest first. */
    public List<Span> since(Instant moment) {
        return spans.stream().filter(span -> !span.endedBefore(moment)).toList();
    }

    /** Whether something changed since this was last asked. */
    public boolean takeChanged() {
        boolean before = changed;
        changed = false;
        return before;
    }

    /** A Worker that is awake may run a task: that says nothing new. */
    private static boolean runs(Span span, @Nullable String status) {
        return span.kind().equals(Span.TASK) && "awake".equals(status);
    }

    private void begin(Span next, Instant at, String outcome) {
        Span last = spans.peekLast();
        if (last != null && last.open()) {
            spans.removeLast();
            spans.addLast(last.ended(at, outcome));
        }
        spans.addLast(next);
        while (spans.size() > MOST_SPANS) {
            spans.removeFirst();
        }
        changed = true;
    }
}
