package io.flamenco.manager.domain;

import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.status.TaskStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a task stands in this Manager. Legal moves are decided by {@link TaskMachine}. */
public sealed interface TaskState {

    /** The name on the wire and in the database. */
    String wire();

    /** In the queue, with one of the three statuses that a Worker may be given. */
    record Waiting(TaskStatus status) implements TaskState {

        /** Nobody has run it yet, and the Server does not know that it is here. */
        public static final Waiting QUEUED = new Waiting(TaskStatus.QUEUED);

        /** Nobody runs it. */
        public static final Waiting CLAIMED = new Waiting(TaskStatus.CLAIMED_BY_MANAGER);

        /** Somebody failed it, another one will try. */
        public static final Waiting SOFT_FAILED = new Waiting(TaskStatus.SOFT_FAILED);

        public Waiting {
            if (!status.schedulable()) {
                throw new IllegalArgumentException("a task does not wait in status " + status);
            }
        }

        @Override
        public String wire() {
            return status.wire();
        }
    }

    /**
     * A Worker runs it.
     *
     * @param worker absent when the Server says that somebody runs it and nobody has reported yet
     */
    record Active(@Nullable WorkerId worker) implements TaskState {

        @Override
        public String wire() {
            return TaskStatus.ACTIVE.wire();
        }
    }

    /** It is to stop; the Worker may still run it. */
    record CancelRequested(@Nullable WorkerId worker) implements TaskState {

        @Override
        public String wire() {
            return TaskStatus.CANCEL_REQUESTED.wire();
        }
    }

    /** Over, unless somebody queues it again at the Server. */
    record Ended(TaskStatus status) implements TaskState {

        /** Stopped on request. */
        public static final Ended CANCELED = new Ended(TaskStatus.CANCELED);

        /** All commands succeeded. */
        public static final Ended COMPLETED = new Ended(TaskStatus.COMPLETED);

        /** Failed for good. */
        public static final Ended FAILED = new Ended(TaskStatus.FAILED);

        public Ended {
            if (!status.finished()) {
                throw new IllegalArgumentException("a task does not end in status " + status);
            }
        }

        @Override
        public String wire() {
            return status.wire();
        }
    }

    /** In a status that means nothing to a Manager, such as {@code paused}; kept as it is. */
    record Foreign(String wire) implements TaskState {}

    /** The state that is stored as that status. */
    static TaskState of(String wire, @Nullable WorkerId worker) {
        Optional<TaskStatus> status = TaskStatus.parse(wire);
        return status.isEmpty() ? new Foreign(wire) : of(status.get(), worker);
    }

    /** Whether a Worker may be given the task. */
    default boolean schedulable() {
        return this instanceof Waiting;
    }

    /** Whether nothing more happens to it here. */
    default boolean finished() {
        return this instanceof Ended;
    }

    private static TaskState of(TaskStatus status, @Nullable WorkerId worker) {
        return switch (status) {
            case QUEUED -> Waiting.QUEUED;
            case CLAIMED_BY_MANAGER -> Waiting.CLAIMED;
            case SOFT_FAILED -> Waiting.SOFT_FAILED;
            case ACTIVE -> new Active(worker);
            case CANCEL_REQUESTED -> new CancelRequested(worker);
            case CANCELED -> Ended.CANCELED;
            case COMPLETED -> Ended.COMPLETED;
            case FAILED -> Ended.FAILED;
            case UNDER_CONSTRUCTION, PAUSED -> new Foreign(status.wire());
        };
    }
}
