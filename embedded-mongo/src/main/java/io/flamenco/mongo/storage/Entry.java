package io.flamenco.mongo.storage;

/** A key of a map with its value. Neither array may be changed. */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copying would cost
public record Entry(byte[] key, byte[] value) {}
