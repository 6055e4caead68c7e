/**
 * Who the people are that use the Manager: by a token that the Server signed, by the Manager's API token, or by the one-time
 * key that its start prints.
 *
 * <p>It decides whether a token holds (ES256, issued for this Manager, not expired), which of the Server's keys are trusted, and
 * what a role may do. It downloads the Server's public keys at start and every hour, and keeps them in {@code jwtkeys} of the data
 * directory. It tells nothing. Sessions live in memory and end with the process. Tokens, keys and the log-in follow the Flamenco 2
 * protocol.
 */
@NullMarked
package io.flamenco.manager.login;

import org.jspecify.annotations.NullMarked;
