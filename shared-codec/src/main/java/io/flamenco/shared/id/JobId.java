package io.flamenco.shared.id;

/**
 * The identifier of a job.
 *
 * @param hex 24 hexadecimal digits; upper case is accepted and lowered
 */
public record JobId(String hex) implements Id, Comparable<JobId> {

    /**
     * @throws IllegalArgumentException when the text is not 24 hexadecimal digits
     */
    public JobId {
        hex = ObjectIds.checked(hex, "job");
    }

    /** A new identifier, later in order than all that this process made before. */
    public static JobId next() {
        return new JobId(ObjectIds.next());
    }

    @Override
    public int compareTo(JobId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
