/**
 * Lets Workers find the Manager on the local network by SSDP, as in the Flamenco 2 protocol.
 *
 * <p>It answers those who search for a Flamenco Manager with the Manager's own URL, announces itself at start and every half
 * hour, and says goodbye when it stops. It asks nobody, tells nothing to the bus and stores nothing. A network that does not
 * let it listen is a warning: Workers with a configured URL do without it.
 */
@NullMarked
package io.flamenco.manager.discovery;

import org.jspecify.annotations.NullMarked;
