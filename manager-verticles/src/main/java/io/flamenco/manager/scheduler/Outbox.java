package io.flamenco.manager.scheduler;

import io.flamenco.manager.domain.LogTail;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UpdateId;
import io.flamenco.shared.wire.FailedByWorker;
import io.flamenco.shared.wire.Metrics;
import io.flamenco.shared.wire.TaskUpdate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the Server is still to be told, in order.
 *
 * <p>An update lives in its task's document; one of a task that is not here lives by itself. The updates of tasks are
 * numbered, and what is stored of their being handled is one number, up to which all are: clearing them out of their tasks'
 * documents would cost a write for each task. Only one that is handled while an earlier one is left is cleared out. Reports that move nothing are added to the one before as long as that has not been sent, so that a Worker
 * reporting often costs no more than one that reports seldom.
 */
final class Outbox {

    private final Map<UpdateId, Entry> waiting = new LinkedHashMap<>();
    private final Changes changes;
    private final NavigableSet<Long> unconfirmed = new TreeSet<>();
    private int quarantined;
    private long lastNumber;
    private long confirmedUpTo;

    private record Entry(PendingUpdate pending, @Nullable TaskEntry task) {}

    Outbox(Changes changes) {
        this.changes = changes;
    }

    /**
     * What is told of a task; empty texts and lists mean that it has not changed.
     *
     * @param log new text of the log, of which the last lines are told
     * @param worker who runs it; {@code -} for nobody any more
     */
    record News(
            String status,
            String activity,
            String log,
            String worker,
            List<FailedByWorker> failedBy,
            @Nullable Metrics metrics) {

        static News status(String status) {
            return new News(status, "", "", "", List.of(), null);
        }

        News activity(String text) {
            return new News(status, text, log, worker, failedBy, metrics);
        }

        News log(String text) {
            return new News(status, activity, text, worker, failedBy, metrics);
        }

        News worker(String identifier) {
            return new News(status, activity, log, identifier, failedBy, metrics);
        }

        News failedBy(List<FailedByWorker> workers) {
            return new News(status, activity, log, worker, workers, metrics);
        }

        boolean movesNothing() {
            return status.isEmpty() && failedBy.isEmpty();
        }
    }

    /** Puts news of a task into its outbox; the caller stores the task. Test tasks have no news for the Server. */
    void add(TaskEntry task, News news, Instant now) {
        if (task.managerLocal) {
            return;
        }
        PendingUpdate last = task.outbox.isEmpty() ? null : task.outbox.get(task.outbox.size() - 1);
        if (last != null && last.open() && news.movesNothing()) {
            last.update = joined(last.update, update(last.update.id(), task, news, now));
            last.writtenInTurn = changes.turn();
            return;
        }
        PendingUpdate pending = new PendingUpdate(++lastNumber, update(UpdateId.next(), task, news, now));
        pending.writtenInTurn = changes.turn();
        unconfirmed.add(pending.number);
        task.addToOutbox(pending);
        waiting.put(pending.update.id(), new Entry(pending, task));
    }

    /** Puts news of a task that is not here into the outbox, and has them stored. */
    void addLoose(TaskId task, News news, Instant now) {
        TaskUpdate update = new TaskUpdate(
                UpdateId.next(),
                task,
                news.status(),
                now,
                news.activity(),
                0,
                0,
                0,
                0,
                LogTail.of(news.log()),
                news.worker(),
                news.failedBy(),
                news.metrics());
        changes.storeLoose(update);
        PendingUpdate pending = new PendingUpdate(0, update);
        pending.writtenInTurn = changes.turn();
        waiting.put(update.id(), new Entry(pending, null));
    }

    /** Puts back what was stored when the process ended; the oldest first. */
    void restore(PendingUpdate pending, @Nullable TaskEntry task) {
        pending.writtenInTurn = -1;
        lastNumber = Math.max(lastNumber, pending.number);
        if (pending.number > 0) {
            unconfirmed.add(pending.number);
        }
        waiting.put(pending.update.id(), new Entry(pending, task));
    }

    /** What was stored when the process ended of what the Server has confirmed. */
    void restoreConfirmed(long upTo) {
        confirmedUpTo = upTo;
        lastNumber = Math.max(lastNumber, upTo);
    }

    /** The Server has confirmed all updates of tasks up to this number; 0 before the first. */
    long confirmedUpTo() {
        return confirmedUpTo;
    }

    /** The oldest updates that are stored and not set aside; {@code max} of 0 means all. */
    List<TaskUpdate> batch(int max, long storedTurn) {
        List<TaskUpdate> batch = new ArrayList<>();
        for (Entry entry : waiting.values()) {
            if (max > 0 && batch.size() >= max) {
                break;
            }
            PendingUpdate pending = entry.pending();
            if (pending.writtenInTurn <= storedTurn && !pending.quarantined()) {
                pending.sent = true;
                batch.add(pending.update);
            }
        }
        return batch;
    }

    /** The Server has handled some of a batch, and left the others. */
    void answered(Collection<UpdateId> sent, Collection<UpdateId> handled, Instant now) {
        List<Entry> gone =
                handled.stream().map(waiting::remove).filter(Objects::nonNull).toList();
        gone.forEach(entry -> unconfirmed.remove(entry.pending().number));
        confirm();
        gone.forEach(entry -> handled(entry, now));
        sent.forEach(id -> {
            Entry left = waiting.get(id);
            if (left != null && !left.pending().quarantined()) {
                left.pending().refused();
                quarantined += left.pending().quarantined() ? 1 : 0;
            }
        });
    }

    /** Gives the updates that were set aside another chance. */
    void forgiveAll() {
        waiting.values().forEach(entry -> entry.pending().forgive());
        quarantined = 0;
    }

    int waiting() {
        return waiting.size() - quarantined;
    }

    int quarantined() {
        return quarantined;
    }

    private void confirm() {
        long upTo = unconfirmed.isEmpty() ? lastNumber : unconfirmed.first() - 1;
        if (upTo > confirmedUpTo) {
            confirmedUpTo = upTo;
            changes.confirmed(upTo);
        }
    }

    private void handled(Entry entry, Instant now) {
        PendingUpdate pending = entry.pending();
        TaskEntry task = entry.task();
        quarantined -= pending.quarantined() ? 1 : 0;
        if (task == null) {
            changes.removeLoose(pending.update.id());
            return;
        }
        task.takeFromOutbox(pending);
        task.handledAt = now;
        if (pending.number == 0 || pending.number > confirmedUpTo) {
            changes.store(task);
        }
    }

    private static TaskUpdate update(UpdateId id, TaskEntry task, News news, Instant now) {
        return new TaskUpdate(
                id,
                task.id,
                news.status(),
                now,
                news.activity(),
                task.progress,
                task.commandIndex,
                task.commandIndex,
                task.commandProgress,
                LogTail.of(news.log()),
                news.worker(),
                news.failedBy(),
                news.metrics());
    }

    private static TaskUpdate joined(TaskUpdate earlier, TaskUpdate later) {
        return new TaskUpdate(
                earlier.id(),
                later.taskId(),
                "",
                later.receivedOnManager(),
                later.activity().isEmpty() ? earlier.activity() : later.activity(),
                later.taskProgressPercentage(),
                later.currentCommandIdx(),
                later.currentCommandIndex(),
                later.commandProgressPercentage(),
                LogTail.of(earlier.logTail() + later.logTail()),
                later.worker().isEmpty() ? earlier.worker() : later.worker(),
                List.of(),
                later.metrics() == null ? earlier.metrics() : later.metrics());
    }
}
