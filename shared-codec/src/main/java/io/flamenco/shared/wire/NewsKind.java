package io.flamenco.shared.wire;

import java.util.Arrays;
import java.util.Optional;

/** What a Server of ours may have new for a Manager, and by which of its calls the Manager learns of it. */
public enum NewsKind {

    /** There are tasks to download. */
    TASKS("tasks"),

    /** There are tasks to stop or logs to send; the answer to a batch of updates, even to an empty one, says which. */
    REQUESTS("requests"),

    /** Somebody wants something of a Worker; the answer to a {@link WorkerReport} says what. */
    WORKERS("workers");

    private final String wire;

    NewsKind(String wire) {
        this.wire = wire;
    }

    /** Its name in {@link ManagerNews}. */
    public String wire() {
        return wire;
    }

    /** The kind of that name; empty for one that a later version may have. */
    public static Optional<NewsKind> parse(String wire) {
        return Arrays.stream(values()).filter(kind -> kind.wire.equals(wire)).findFirst();
    }
}
