/**
 * What of HTTPS waits: files of certificates and keys, the addresses of this machine, and ACME authorities.
 *
 * <p>Each source of certificates has a keeper, which gets the first one and its successors. What they make is in the directory
 * {@code tls} of the role, for the owner only: {@code self-signed} has {@code certificate.pem} and {@code key.pem}; a directory
 * for each authority has these, the key of the account, and what is to be remembered of an order that is under way.
 */
@NullMarked
package io.flamenco.shared.https.blocking;

import org.jspecify.annotations.NullMarked;
