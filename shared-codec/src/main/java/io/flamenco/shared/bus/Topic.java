package io.flamenco.shared.bus;

/**
 * An address to which facts are told.
 *
 * @param address of the form {@code process.subsystem.kebab-case}
 * @param type the record that tells the fact
 */
public record Topic<M extends Record>(String address, Class<M> type) {

    /** The topic for one thing, at this address with the name of the thing behind it. */
    public Topic<M> of(Object thing) {
        return new Topic<>(address + "." + thing, type);
    }
}
