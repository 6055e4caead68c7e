package io.flamenco.manager.upstream;

import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.wire.WireTask;

/** What asking the Server whether a task is still as we know it came to. */
sealed interface Recheck {

    /** It is as we know it. */
    record Unchanged() implements Recheck {}

    /** It changed; this is how it is now. */
    record Changed(WireTask task) implements Recheck {}

    /** The Server does not have it any more. */
    record Gone() implements Recheck {}

    /** Nothing was learnt, so the task stays as we know it. */
    record Unknown(String why) implements Recheck {}

    /** Only an explicit "not found" or "gone" takes a task away; whatever else goes wrong leaves it alone. */
    static Recheck of(ServerAnswer answer) {
        return switch (answer.status()) {
            case 304 -> new Unchanged();
            case 404, 410 -> new Gone();
            case 200 -> changed(answer);
            default -> new Unknown(answer.failure().getMessage());
        };
    }

    private static Recheck changed(ServerAnswer answer) {
        try {
            WireTask task = answer.read(WireTask.class);
            return task.id() == null
                    ? new Unknown("The Server answered with a task that has no id.")
                    : new Changed(task);
        } catch (HttpFailure unreadable) {
            return new Unknown(unreadable.getMessage());
        }
    }
}
