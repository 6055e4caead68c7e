/**
 * Commands that ask a running Server or give it orders: {@code submit}, {@code jobs}, {@code tasks}, {@code workers}, {@code
 * managers}.
 *
 * <p>They decide nothing; they speak the Server's REST interface, print tables for people or JSON for scripts, and exit with
 * a status that says how it went. {@link io.flamenco.cli.remote.RemoteOptions} is what all of them take.
 */
@NullMarked
package io.flamenco.cli.remote;

import org.jspecify.annotations.NullMarked;
