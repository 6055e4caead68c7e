package io.flamenco.shared.id;

/**
 * The identifier of a project.
 *
 * @param hex 24 hexadecimal digits; upper case is accepted and lowered
 */
public record ProjectId(String hex) implements Id, Comparable<ProjectId> {

    /**
     * @throws IllegalArgumentException when the text is not 24 hexadecimal digits
     */
    public ProjectId {
        hex = ObjectIds.checked(hex, "project");
    }

    /** A new identifier, later in order than all that this process made before. */
    public static ProjectId next() {
        return new ProjectId(ObjectIds.next());
    }

    @Override
    public int compareTo(ProjectId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
