package io.flamenco.shared.bus;

/**
 * An address to which people and tools may send an order, which a role carries out as its twin of REST.
 *
 * @param address of the form {@code process.subsystem.kebab-case}
 * @param type the record that is sent, as JSON
 */
public record Order<M extends Record>(String address, Class<M> type) {}
