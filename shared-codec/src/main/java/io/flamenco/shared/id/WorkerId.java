package io.flamenco.shared.id;

/**
 * The identifier of a Worker.
 *
 * @param hex 24 hexadecimal digits; upper case is accepted and lowered
 */
public record WorkerId(String hex) implements Id, Comparable<WorkerId> {

    /**
     * @throws IllegalArgumentException when the text is not 24 hexadecimal digits
     */
    public WorkerId {
        hex = ObjectIds.checked(hex, "Worker");
    }

    /** A new identifier, later in order than all that this process made before. */
    public static WorkerId next() {
        return new WorkerId(ObjectIds.next());
    }

    @Override
    public int compareTo(WorkerId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
