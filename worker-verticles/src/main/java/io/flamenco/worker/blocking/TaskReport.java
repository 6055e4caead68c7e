package io.flamenco.worker.blocking;

import io.flamenco.shared.status.TaskStatus;
import io.flamenco.shared.wire.Metrics;
import io.flamenco.shared.wire.WorkerUpdate;
import io.flamenco.worker.domain.Reporting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a Worker has to say of one task. Lines and activities are gathered and pushed together: a status at once, an
 * activity and the log after their intervals, the log earlier when there is much of it. A push writes to the outbox file,
 * so whoever says more than the disk takes has to wait. Safe to use from any thread that may block.
 */
public final class TaskReport {

    /** Many long lines are pushed before they fill memory. */
    private static final int MOST_CHARACTERS = 1 << 20;

    private final Consumer<WorkerUpdate> outbox;
    private final Reporting pace;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<String> lines = new ArrayList<>();
    private final Map<String, Double> timing = new LinkedHashMap<>();
    private int characters;
    private volatile String activity = "";
    private @Nullable TaskStatus status;
    private volatile int commandIndex;
    private volatile int commandProgress;
    private int taskProgress;
    private boolean activityWaits;
    private boolean logOnly;
    private Instant lastLogPush;
    private Instant lastActivityPush;

    /**
     * @param outbox keeps an update, and may block until it has
     */
    public TaskReport(Consumer<WorkerUpdate> outbox, Reporting pace, Clock clock) {
        this.outbox = outbox;
        this.pace = pace;
        this.clock = clock;
        this.lastLogPush = clock.instant();
        this.lastActivityPush = clock.instant();
    }

    /** The task is in that status now; told at once. */
    void status(TaskStatus now, String what) {
        lock.lock();
        try {
            status = now;
            activity = what;
            push();
        } finally {
            lock.unlock();
        }
    }

    /** What the task does now, for people. */
    void activity(String what) {
        lock.lock();
        try {
            activity = what;
            activityWaits = true;
            pushIfDue();
        } finally {
            lock.unlock();
        }
    }

    /**
     * How far the task is.
     *
     * @param index which command runs, from 0
     * @param ofCommand how far the command is, 0 to 100
     * @param ofTask how far the task is, 0 to 100
     */
    void progress(int index, int ofCommand, int ofTask) {
        lock.lock();
        try {
            commandIndex = index;
            commandProgress = ofCommand;
            taskProgress = ofTask;
            activityWaits = true;
            pushIfDue();
        } finally {
            lock.unlock();
        }
    }

    /** Adds to the log; the text may hold several lines. */
    public void log(String text) {
        add(LogTime.of(clock.instant()) + ": " + text);
    }

    /** Adds text to the log as it is, without the time before it. */
    void logPlainly(String text) {
        add(text);
    }

    /** Adds to what the commands measured; the same phase of several commands is summed up. */
    void timing(Map<String, Double> secondsByPhase) {
        lock.lock();
        try {
            secondsByPhase.forEach((phase, seconds) -> timing.merge(phase, seconds, Double::sum));
        } finally {
            lock.unlock();
        }
    }

    /** What the commands measured so far. */
    Map<String, Double> timing() {
        lock.lock();
        try {
            return new LinkedHashMap<>(timing);
        } finally {
            lock.unlock();
        }
    }

    /** From now on nothing but the log is reported: the task is no longer this Worker's. */
    public void onlyLogFromNow() {
        lock.lock();
        try {
            logOnly = true;
        } finally {
            lock.unlock();
        }
    }

    /** What the task does now, in a few words for the Worker's own log. Never blocks. */
    public String glance() {
        return "command=" + commandIndex + " progress=" + commandProgress + " activity=" + activity;
    }

    /** Pushes what has waited long enough. */
    public void pushIfDue() {
        lock.lock();
        try {
            boolean activityDue = activityWaits && due(lastActivityPush, pace.activityInterval());
            boolean much = lines.size() > pace.logEntries() || characters > MOST_CHARACTERS;
            boolean logDue = !lines.isEmpty() && due(lastLogPush, pace.logInterval());
            if (activityDue || much || logDue) {
                push();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Pushes what waits. */
    public void pushRest() {
        lock.lock();
        try {
            if (activityWaits || !lines.isEmpty()) {
                push();
            }
        } finally {
            lock.unlock();
        }
    }

    private void add(String entry) {
        lock.lock();
        try {
            lines.add(entry);
            characters += entry.length();
            pushIfDue();
        } finally {
            lock.unlock();
        }
    }

    private boolean due(Instant last, Duration interval) {
        return !clock.instant().isBefore(last.plus(interval));
    }

    private void push() {
        if (logOnly && lines.isEmpty()) {
            return;
        }
        @Nullable String log = lines.isEmpty() ? null : String.join("\n", lines);
        outbox.accept(logOnly && log != null ? WorkerUpdate.ofLog(log) : whole(log));
        lastActivityPush = clock.instant();
        activityWaits = false;
        if (log != null) {
            lastLogPush = lastActivityPush;
            lines.clear();
            characters = 0;
        }
    }

    private WorkerUpdate whole(@Nullable String log) {
        return new WorkerUpdate(
                status == null ? null : status.wire(),
                activity,
                taskProgress,
                commandIndex,
                commandProgress,
                new Metrics(timing),
                log);
    }
}
