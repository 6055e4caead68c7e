package io.flamenco.shared.bus;

/** The answer to an order that has nothing else to say than that it was carried out. */
public record Done() {

    /** The one answer that is needed. */
    public static final Done DONE = new Done();
}
