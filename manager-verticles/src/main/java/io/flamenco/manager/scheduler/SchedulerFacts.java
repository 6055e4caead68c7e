package io.flamenco.manager.scheduler;

import io.flamenco.shared.bus.Topic;
import java.time.Instant;

/** What the owner of tasks and Workers tells other verticles of the Manager. */
public sealed interface SchedulerFacts {

    /** A Worker wanted work and there was none; told at most once a second. */
    Topic<NothingLeft> NOTHING_LEFT = new Topic<>("manager.scheduler.nothing-left", NothingLeft.class);

    /** The task types that all Workers together support have changed, and are stored. */
    Topic<TaskTypesChanged> TASK_TYPES_CHANGED =
            new Topic<>("manager.scheduler.task-types-changed", TaskTypesChanged.class);

    /** A Worker wanted work and there was none. */
    record NothingLeft(Instant at) implements SchedulerFacts {}

    /** The task types that all Workers together support have changed. */
    record TaskTypesChanged(Instant at) implements SchedulerFacts {}
}
