package io.flamenco.server.domain;

import io.flamenco.shared.status.TaskStatus;
import java.util.Set;

/** What happens to many tasks of one job at once. */
public sealed interface TaskEffect {

    /**
     * All tasks of some statuses take another.
     *
     * @param forgetFailures whether it is forgotten which Workers failed them
     */
    record Move(Set<TaskStatus> from, TaskStatus to, boolean forgetFailures) implements TaskEffect {

        public Move {
            from = Set.copyOf(from);
        }
    }

    /** All tasks of some statuses that never had an activity get this one. */
    record Explain(Set<TaskStatus> of, String activity) implements TaskEffect {

        public Explain {
            of = Set.copyOf(of);
        }
    }
}
