package io.flamenco.manager.scheduler;

import io.flamenco.manager.domain.TaskState;
import io.flamenco.manager.store.TaskRow;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.wire.FailedByWorker;
import io.flamenco.shared.wire.Metrics;
import io.flamenco.shared.wire.WireTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task in memory: what is needed to decide about it, and its document when it is next in line or runs.
 *
 * <p>What an index of the {@link TaskBoard} depends on is changed through {@link TaskBoard#change} only.
 */
final class TaskEntry implements Comparable<TaskEntry> {

    /** The job type of tasks that the Manager made itself and the Server never hears of. */
    static final String MANAGER_LOCAL = "manager-local";

    /** A Worker that died sends again what it delivered since it last wrote down how far it was: ten reports at most. */
    private static final int DELIVERIES = 16;

    final TaskId id;

    @Nullable
    JobId job;

    String name = "";
    String taskType = "";
    boolean managerLocal;
    int priority;
    int jobPriority;
    String etag = "";
    TaskState state = TaskState.Waiting.QUEUED;
    List<TaskId> parents = List.of();
    int openParents;

    @Nullable
    WorkerId worker;

    String workerName = "";
    List<FailedByWorker> failedBy = List.of();
    String activity = "";

    @Nullable
    Metrics metrics;

    int progress;
    int commandIndex;
    int commandProgress;

    @Nullable
    Instant lastPing;

    @Nullable
    Instant lastUpdated;

    Instant checkedAt = Instant.MIN;
    Instant handledAt = Instant.MIN;

    @Nullable
    Instant stopWanted;

    @Nullable
    WireTask document;

    List<PendingUpdate> outbox = List.of();

    /** The fingerprints of the reports that came last, the oldest first. */
    List<Long> deliveries = List.of();

    /** What the database has of it once all writes that were begun have ended; absent when it has the whole document. */
    @Nullable
    TaskRow stored;

    TaskEntry(TaskId id) {
        this.id = id;
    }

    boolean ready() {
        return openParents == 0 && state.schedulable();
    }

    boolean completed() {
        return state.equals(TaskState.Ended.COMPLETED);
    }

    boolean failedBy(WorkerId candidate) {
        for (FailedByWorker failed : failedBy) {
            if (failed.id().equals(candidate)) {
                return true;
            }
        }
        return false;
    }

    LaneKey lane() {
        return new LaneKey(job, taskType);
    }

    /** Whether this report was taken before. */
    boolean took(Delivery delivery) {
        return delivery.named() && deliveries.contains(delivery.fingerprint());
    }

    /** Remembers that this report was taken, and forgets the oldest of many. */
    void take(Delivery delivery) {
        if (delivery.named()) {
            List<Long> all = new ArrayList<>(deliveries);
            all.add(delivery.fingerprint());
            deliveries = List.copyOf(all.subList(Math.max(0, all.size() - DELIVERIES), all.size()));
        }
    }

    void addToOutbox(PendingUpdate update) {
        if (outbox.isEmpty()) {
            outbox = new ArrayList<>(2);
        }
        outbox.add(update);
    }

    /** What the database has of a task that is over is not remembered, for there may be many. */
    void takeFromOutbox(PendingUpdate update) {
        outbox.remove(update);
        if (outbox.isEmpty()) {
            outbox = List.of();
            stored = state.finished() ? null : stored;
        }
    }

    /** The task as a Worker gets it. */
    WireTask withDocument(WireTask known) {
        return new WireTask(
                id,
                etag,
                job,
                known.manager(),
                known.project(),
                known.user(),
                name,
                state.wire(),
                priority,
                jobPriority,
                known.jobType(),
                taskType,
                known.commands(),
                known.log(),
                activity,
                parents,
                workerName,
                failedBy,
                metrics);
    }

    /** The order in which tasks are handed out: job priority, then priority, then age. */
    @Override
    public int compareTo(TaskEntry other) {
        int order = Integer.compare(other.jobPriority, jobPriority);
        if (order == 0) {
            order = Integer.compare(other.priority, priority);
        }
        return order == 0 ? id.compareTo(other.id) : order;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** What the blocklist and the turns of jobs go by. */
    record LaneKey(@Nullable JobId job, String taskType) {}
}
