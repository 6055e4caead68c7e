package io.flamenco.shared.bus;

/**
 * An address to which facts are told.
 *
 * @param address of the form {@code process.subsystem.kebab-case}
 * @param type the record that tells the fact
 * @param bridged whether browsers and tools may listen; such facts travel as JSON
 */
public record Topic<M extends Record>(String address, Class<M> type, boolean bridged) {

    /** A topic within the farm's own processes. */
    public static <M extends Record> Topic<M> internal(String address, Class<M> type) {
        return new Topic<>(address, type, false);
    }

    /** A topic that is public API. */
    public static <M extends Record> Topic<M> bridged(String address, Class<M> type) {
        return new Topic<>(address, type, true);
    }

    /** The topic for one thing, at this address with the name of the thing behind it. */
    public Topic<M> of(Object thing) {
        return new Topic<>(address + "." + thing, type, bridged);
    }
}
