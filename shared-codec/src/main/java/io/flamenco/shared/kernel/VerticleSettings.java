package io.flamenco.shared.kernel;

/**
 * How a verticle is deployed, as people configure it under {@code verticles:}.
 *
 * @param enabled whether it is deployed at all
 * @param instances how many event loops run it; 1 to 256
 */
public record VerticleSettings(boolean enabled, int instances) {

    /** The most instances that make sense on any machine. */
    public static final int MOST_INSTANCES = 256;

    public VerticleSettings {
        if (instances < 1 || instances > MOST_INSTANCES) {
            throw new IllegalArgumentException("instances must be 1 to " + MOST_INSTANCES + ", not " + instances);
        }
    }

    /** Deployed, with that many instances. */
    public static VerticleSettings on(int instances) {
        return new VerticleSettings(true, instances);
    }
}
