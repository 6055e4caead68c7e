/**
 * Under which URLs the Manager can be reached from other machines.
 *
 * <p>It decides from the settings and the addresses of this machine's network interfaces which URLs to propose, best first:
 * the configured one, else that of the host to listen on, else one for each address. It says nothing and stores nothing. The
 * rules are those of the Flamenco 2 protocol, and follow the listener in use.
 */
@NullMarked
package io.flamenco.manager.reach;

import org.jspecify.annotations.NullMarked;
