package io.flamenco.manager.domain;

import io.flamenco.shared.status.WorkerStatus;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The life of a Worker as its Manager sees it. */
public final class WorkerMachine {

    private static final Set<WorkerStatus> ACKNOWLEDGEABLE = EnumSet.of(
            WorkerStatus.STARTING,
            WorkerStatus.AWAKE,
            WorkerStatus.ASLEEP,
            WorkerStatus.TESTING,
            WorkerStatus.ERROR,
            WorkerStatus.OFFLINE);

    private static final Set<WorkerStatus> REQUESTABLE =
            EnumSet.of(WorkerStatus.AWAKE, WorkerStatus.ASLEEP, WorkerStatus.SHUTDOWN);

    private WorkerMachine() {}

    /** What the event does to a Worker of that status. */
    public static Transition<WorkerStatus> on(WorkerStatus status, WorkerEvent event) {
        return switch (event) {
            case WorkerEvent.SignedOn signedOn -> Transition.to(WorkerStatus.STARTING);
            case WorkerEvent.SignedOff signedOff -> Transition.to(WorkerStatus.OFFLINE);
            case WorkerEvent.AskedForWork asked ->
                Transition.to(status == WorkerStatus.TESTING ? status : WorkerStatus.AWAKE);
            case WorkerEvent.Acknowledged acknowledged -> acknowledged(acknowledged.status());
            case WorkerEvent.TimedOut timedOut -> Transition.to(WorkerStatus.TIMEOUT);
            case WorkerEvent.TimeoutSeen seen ->
                status == WorkerStatus.TIMEOUT
                        ? Transition.to(WorkerStatus.OFFLINE)
                        : Transition.no("Worker status is not \"timeout\"");
        };
    }

    /** Whether people may ask a Worker to take that status. */
    public static boolean requestable(String status) {
        return WorkerStatus.parse(status).filter(REQUESTABLE::contains).isPresent();
    }

    /**
     * What a Worker is sent back to when it returns after a time-out, if nothing else is wanted of it: statuses that it
     * would not understand are not asked of it.
     */
    public static Optional<WorkerStatus> wantedAfterTimeout(WorkerStatus before) {
        return before == WorkerStatus.AWAKE || before == WorkerStatus.ASLEEP ? Optional.of(before) : Optional.empty();
    }

    /** Whether a Worker that signs off is to sleep again when it comes back. */
    public static boolean sleepsAfterSignOff(WorkerStatus before, String requestedBefore) {
        return before == WorkerStatus.ASLEEP
                && (requestedBefore.isEmpty() || requestedBefore.equals(WorkerStatus.SHUTDOWN.wire()));
    }

    private static Transition<WorkerStatus> acknowledged(String status) {
        return WorkerStatus.parse(status)
                .filter(ACKNOWLEDGEABLE::contains)
                .map(Transition::to)
                .orElseGet(() -> Transition.no("\"" + status + "\" is no status that a worker can take"));
    }
}
