package io.flamenco.manager.history;

import io.flamenco.shared.id.TaskId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one Worker did, as spans without overlap; only the newest are kept. */
final class WorkerDay {

    /** Some 24 h of five-minute tasks; a Worker with shorter ones is remembered for less long. */
    static final int MOST_SPANS = 300;

    private final Deque<Span> spans = new ArrayDeque<>();
    private boolean changed;

    WorkerDay(List<Span> stored) {
        spans.addAll(stored);
    }

    /** The Worker has that status from now on; the same status again changes nothing. */
    void status(String status, Instant at) {
        Span last = spans.peekLast();
        if (last != null && last.open() && (last.kind().equals(status) || runs(last, status))) {
            return;
        }
        begin(Span.of(status, at), at, "");
    }

    /** A task runs on the Worker from now on. */
    void task(TaskId task, String name, Instant at) {
        Span last = spans.peekLast();
        if (last == null || !last.open() || !task.equals(last.taskId())) {
            begin(Span.of(task, name, at), at, "");
        }
    }

    /** A task no longer runs on the Worker, which is awake and free then. */
    void taskLeft(TaskId task, String outcome, Instant at) {
        Span last = spans.peekLast();
        if (last != null && last.open() && task.equals(last.taskId())) {
            begin(Span.of("awake", at), at, outcome);
        }
    }

    /** Forgets what ended before that moment. */
    void forget(Instant before) {
        while (!spans.isEmpty() && spans.getFirst().endedBefore(before)) {
            spans.removeFirst();
            changed = true;
        }
    }

    List<Span> since(Instant moment) {
        return spans.stream().filter(span -> !span.endedBefore(moment)).toList();
    }

    /** Whether something changed since this was last asked. */
    boolean takeChanged() {
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
