package io.flamenco.manager.workers;

/**
 * Where a call of a Worker came from.
 *
 * @param address the remote host, without port
 * @param software the {@code User-Agent} header; empty when absent
 */
public record Seen(String address, String software) {}
