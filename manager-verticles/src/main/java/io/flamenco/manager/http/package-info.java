/**
 * The Manager's HTTP face: parses, asks the bus, answers. It owns no state but verified credentials.
 *
 * <p>Status codes of the Flamenco 2 protocol are decided here and nowhere else. Each family of calls is a {@link
 * io.flamenco.manager.http.RouteGroup}.
 */
@NullMarked
package io.flamenco.manager.http;

import org.jspecify.annotations.NullMarked;
