package io.flamenco.shared.id;

/**
 * The identifier of a task.
 *
 * @param hex 24 hexadecimal digits; upper case is accepted and lowered
 */
public record TaskId(String hex) implements Id, Comparable<TaskId> {

    /**
     * @throws IllegalArgumentException when the text is not 24 hexadecimal digits
     */
    public TaskId {
        hex = ObjectIds.checked(hex, "task");
    }

    /** A new identifier, later in order than all that this process made before. */
    public static TaskId next() {
        return new TaskId(ObjectIds.next());
    }

    @Override
    public int compareTo(TaskId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
