package io.flamenco.manager.domain;

import io.flamenco.manager.domain.TaskState.Active;
import io.flamenco.manager.domain.TaskState.CancelRequested;
import io.flamenco.manager.domain.TaskState.Ended;
import io.flamenco.manager.domain.TaskState.Foreign;
import io.flamenco.manager.domain.TaskState.Waiting;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.status.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * The life of a task in a Manager.
 *
 * <p>Only a task that waits is handed out; only its own Worker moves an active one; one that is to be cancelled takes its
 * Worker's last word, and never becomes active again.
 */
public final class TaskMachine {

    private TaskMachine() {}

    /** What the event does to a task in that state. */
    public static Transition<TaskState> on(TaskState state, TaskEvent event) {
        return switch (state) {
            case Waiting waiting -> onWaiting(waiting, event);
            case Active active -> onActive(active, event);
            case CancelRequested stopping -> onCancelRequested(stopping, event);
            case Ended ended -> onEnded(ended, event);
            case Foreign foreign -> onForeign(foreign, event);
        };
    }

    private static Transition<TaskState> onWaiting(Waiting waiting, TaskEvent event) {
        return switch (event) {
            case TaskEvent.Assigned assigned -> Transition.to(new Active(assigned.worker()));
            case TaskEvent.CancelWanted wanted -> Transition.to(Ended.CANCELED);
            case TaskEvent.GivenUp givenUp
            when waiting.status() == TaskStatus.SOFT_FAILED -> Transition.to(Ended.FAILED);
            case TaskEvent.Downloaded downloaded -> downloaded(downloaded);
            case TaskEvent.GivenUp givenUp -> notIn(waiting);
            case TaskEvent.Reported reported -> notIn(waiting);
            case TaskEvent.Returned returned -> notIn(waiting);
            case TaskEvent.StopOverdue overdue -> notIn(waiting);
            case TaskEvent.TimedOut timedOut -> notIn(waiting);
        };
    }

    private static Transition<TaskState> onActive(Active active, TaskEvent event) {
        return switch (event) {
            case TaskEvent.Assigned assigned when assigned.worker().equals(active.worker()) -> Transition.to(active);
            case TaskEvent.Assigned assigned -> notYours(active.worker());
            case TaskEvent.Reported reported
            when isOther(active.worker(), reported.worker()) -> notYours(active.worker());
            case TaskEvent.Reported reported -> Transition.to(reported(reported));
            case TaskEvent.Returned returned
            when isOther(active.worker(), returned.worker()) -> notYours(active.worker());
            case TaskEvent.Returned returned -> Transition.to(Waiting.CLAIMED);
            case TaskEvent.CancelWanted wanted -> Transition.to(new CancelRequested(active.worker()));
            case TaskEvent.TimedOut timedOut -> Transition.to(active.worker() == null ? Waiting.CLAIMED : Ended.FAILED);
            case TaskEvent.Downloaded downloaded
            when stops(downloaded) -> Transition.to(new CancelRequested(active.worker()));
            case TaskEvent.Downloaded downloaded -> notIn(active);
            case TaskEvent.StopOverdue overdue -> notIn(active);
            case TaskEvent.GivenUp givenUp -> notIn(active);
        };
    }

    private static Transition<TaskState> onCancelRequested(CancelRequested stopping, TaskEvent event) {
        return switch (event) {
            case TaskEvent.Reported reported
            when isOther(stopping.worker(), reported.worker()) -> notYours(stopping.worker());
            case TaskEvent.Reported reported when reported.outcome() == TaskEvent.Outcome.RUNNING -> notIn(stopping);
            case TaskEvent.Reported reported
            when reported.outcome() == TaskEvent.Outcome.SOFT_FAILED -> Transition.to(Ended.FAILED);
            case TaskEvent.Reported reported -> Transition.to(reported(reported));
            case TaskEvent.Returned returned
            when isOther(stopping.worker(), returned.worker()) -> notYours(stopping.worker());
            case TaskEvent.Returned returned -> Transition.to(Ended.CANCELED);
            case TaskEvent.StopOverdue overdue -> Transition.to(Ended.CANCELED);
            case TaskEvent.TimedOut timedOut -> Transition.to(Ended.CANCELED);
            case TaskEvent.CancelWanted wanted -> Transition.no("its worker has been told to stop already");
            case TaskEvent.Assigned assigned -> notIn(stopping);
            case TaskEvent.Downloaded downloaded -> notIn(stopping);
            case TaskEvent.GivenUp givenUp -> notIn(stopping);
        };
    }

    private static Transition<TaskState> onEnded(Ended ended, TaskEvent event) {
        return event instanceof TaskEvent.Downloaded downloaded ? downloaded(downloaded) : notIn(ended);
    }

    private static Transition<TaskState> onForeign(Foreign foreign, TaskEvent event) {
        return switch (event) {
            case TaskEvent.Downloaded downloaded -> downloaded(downloaded);
            case TaskEvent.CancelWanted wanted -> Transition.to(Ended.CANCELED);
            case TaskEvent.Assigned assigned -> notIn(foreign);
            case TaskEvent.Reported reported -> notIn(foreign);
            case TaskEvent.Returned returned -> notIn(foreign);
            case TaskEvent.StopOverdue overdue -> notIn(foreign);
            case TaskEvent.TimedOut timedOut -> notIn(foreign);
            case TaskEvent.GivenUp givenUp -> notIn(foreign);
        };
    }

    private static TaskState reported(TaskEvent.Reported reported) {
        return switch (reported.outcome()) {
            case RUNNING -> new Active(reported.worker());
            case COMPLETED -> Ended.COMPLETED;
            case SOFT_FAILED -> Waiting.SOFT_FAILED;
            case FAILED -> Ended.FAILED;
            case CANCELED -> Ended.CANCELED;
        };
    }

    private static Transition<TaskState> downloaded(TaskEvent.Downloaded downloaded) {
        return Transition.to(
                downloaded.status().equals(TaskStatus.CANCEL_REQUESTED.wire())
                        ? Ended.CANCELED
                        : TaskState.of(downloaded.status(), null));
    }

    private static boolean stops(TaskEvent.Downloaded downloaded) {
        return downloaded.status().equals(TaskStatus.CANCEL_REQUESTED.wire())
                || downloaded.status().equals(TaskStatus.CANCELED.wire());
    }

    private static boolean isOther(@Nullable WorkerId owner, WorkerId worker) {
        return owner != null && !owner.equals(worker);
    }

    private static Transition<TaskState> notYours(@Nullable WorkerId owner) {
        return Transition.no("it is assigned to " + (owner == null ? "nobody" : "worker " + owner));
    }

    private static Transition<TaskState> notIn(TaskState state) {
        return Transition.no("it is in status " + state.wire());
    }
}
