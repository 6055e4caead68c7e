package io.flamenco.shared.id;

/**
 * The identifier of a Manager.
 *
 * @param hex 24 hexadecimal digits; upper case is accepted and lowered
 */
public record ManagerId(String hex) implements Id, Comparable<ManagerId> {

    /**
     * @throws IllegalArgumentException when the text is not 24 hexadecimal digits
     */
    public ManagerId {
        hex = ObjectIds.checked(hex, "Manager");
    }

    /** A new identifier, later in order than all that this process made before. */
    public static ManagerId next() {
        return new ManagerId(ObjectIds.next());
    }

    @Override
    public int compareTo(ManagerId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
