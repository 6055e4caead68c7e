package io.flamenco.mongo.storage;

/** Hears, on the journal's thread, what became of the changes that were handed over; must not block. */
public interface DurabilityListener {
    /** Every change up to this number survives from now on. */
    void durable(long number);

    /** The changes up to this number could not be made durable yet; {@code why} is a clause fit for a person. */
    void failed(long number, String why);
}
