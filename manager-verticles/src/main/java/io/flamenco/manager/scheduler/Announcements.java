package io.flamenco.manager.scheduler;

import io.flamenco.manager.scheduler.Changes.Turn;
import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.ManagerFacts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Tells others what happened: people what is stored, other verticles what concerns them. */
final class Announcements {

    private static final Duration TELL_NOTHING_LEFT = Duration.ofSeconds(1);

    private final FarmBus bus;
    private final Clock clock;
    private Instant nothingLeftTold = Instant.MIN;

    Announcements(FarmBus bus, Clock clock) {
        this.bus = bus;
        this.clock = clock;
    }

    /** A turn is stored, so what happened in it may be told. */
    void stored(Turn turn) {
        turn.facts().forEach(this::tell);
        if (turn.taskTypesChanged()) {
            bus.tell(SchedulerFacts.TASK_TYPES_CHANGED, new SchedulerFacts.TaskTypesChanged(clock.instant()));
        }
    }

    /** A Worker found nothing to do; told now and then, however many find nothing. */
    void nothingLeft() {
        Instant now = clock.instant();
        if (nothingLeftTold.plus(TELL_NOTHING_LEFT).isBefore(now)) {
            nothingLeftTold = now;
            bus.tell(SchedulerFacts.NOTHING_LEFT, new SchedulerFacts.NothingLeft(now));
        }
    }

    private void tell(ManagerFacts fact) {
        switch (fact) {
            case ManagerFacts.WorkerStatusChanged changed -> bus.tell(Addresses.MANAGER_WORKER_STATUS_CHANGED, changed);
            case ManagerFacts.TaskStatusChanged changed -> bus.tell(Addresses.MANAGER_TASK_STATUS_CHANGED, changed);
            case ManagerFacts.TaskLogGrew grew -> bus.tell(Addresses.MANAGER_TASK_LOG.of(grew.taskId()), grew);
            case ManagerFacts.LatestImageChanged changed -> bus.tell(Addresses.MANAGER_LATEST_IMAGE, changed);
        }
    }
}
