/**
 * How a role speaks HTTPS; Server and Manager share it.
 *
 * <p>It decides from the settings where to listen, where the certificate comes from (files of one's own, one that the role makes
 * and signs itself, an ACME authority), and which versions and ciphers of TLS are spoken. It looks after the certificate while
 * the role runs: changed files are taken over, what expires is renewed, and whoever connects next is shown the new one. Calls
 * over plain HTTP are sent on. It tells nobody anything on the bus; what it makes is in the directory {@code tls} of the role,
 * for the owner only.
 */
@NullMarked
package io.flamenco.shared.https;

import org.jspecify.annotations.NullMarked;
