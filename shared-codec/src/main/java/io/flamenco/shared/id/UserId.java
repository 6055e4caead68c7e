package io.flamenco.shared.id;

/**
 * The identifier of a user.
 *
 * @param hex 24 hexadecimal digits; upper case is accepted and lowered
 */
public record UserId(String hex) implements Id, Comparable<UserId> {

    /**
     * @throws IllegalArgumentException when the text is not 24 hexadecimal digits
     */
    public UserId {
        hex = ObjectIds.checked(hex, "user");
    }

    /** A new identifier, later in order than all that this process made before. */
    public static UserId next() {
        return new UserId(ObjectIds.next());
    }

    @Override
    public int compareTo(UserId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
