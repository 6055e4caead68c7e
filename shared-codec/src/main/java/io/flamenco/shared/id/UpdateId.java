package io.flamenco.shared.id;

/**
 * The identifier of a task update.
 *
 * @param hex 24 hexadecimal digits; upper case is accepted and lowered
 */
public record UpdateId(String hex) implements Id, Comparable<UpdateId> {

    /**
     * @throws IllegalArgumentException when the text is not 24 hexadecimal digits
     */
    public UpdateId {
        hex = ObjectIds.checked(hex, "task update");
    }

    /** A new identifier, later in order than all that this process made before. */
    public static UpdateId next() {
        return new UpdateId(ObjectIds.next());
    }

    @Override
    public int compareTo(UpdateId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
