/**
 * Finds a Manager on the local network when none is configured, by SSDP as the Flamenco 2 protocol has it. Asks a few
 * times over IPv4 and IPv6 and takes the first answer that says it is a Flamenco Manager; anything else is ignored.
 */
@NullMarked
package io.flamenco.worker.discovery;

import org.jspecify.annotations.NullMarked;
