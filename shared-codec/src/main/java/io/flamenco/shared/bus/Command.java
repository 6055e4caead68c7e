package io.flamenco.shared.bus;

/**
 * An address at which one verticle answers orders or questions.
 *
 * @param address of the form {@code process.subsystem.kebab-case}
 * @param question the record, or the sealed family of records, that is asked
 * @param answer the record, or the sealed family of records, that is answered
 */
public record Command<Q, A>(String address, Class<Q> question, Class<A> answer) {}
