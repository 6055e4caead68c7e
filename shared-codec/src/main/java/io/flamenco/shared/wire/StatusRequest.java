package io.flamenco.shared.wire;

/** The status that a Manager wants its Worker to take. Original Workers accept no further key. */
public record StatusRequest(String statusRequested) {}
