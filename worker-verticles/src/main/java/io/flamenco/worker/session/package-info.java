/**
 * Who the Worker is to its Manager, and in which state it is.
 *
 * <p>Decides when to register, sign on and sign off, and which state follows from a request. Hears requests for another
 * status, and that the Manager refused the credentials. Tells each change of state, and that the Worker cannot go on.
 * While the Worker sleeps or is in error it asks the Manager for another status. Stores the credentials in a file for the
 * owner only.
 */
@NullMarked
package io.flamenco.worker.session;

import org.jspecify.annotations.NullMarked;
