/**
 * An HTTP/1.1 client that costs next to nothing, so that the load generator stays far cheaper than the Manager that it
 * measures on the same cores.
 *
 * <p>One connection per simulated Worker, one request at a time on it, requests prepared as bytes, answers taken apart
 * only as far as status and body. It understands answers with {@code Content-Length}, chunked ones, and those that have
 * no body.
 */
@NullMarked
package io.flamenco.benchmarks.http;

import org.jspecify.annotations.NullMarked;
