/**
 * Setting a Manager up before it works: linking it with a Server, and editing its settings.
 *
 * <p>It decides whether settings may be saved (only those with which the Manager can start), what of them people see (no
 * secrets), and whether a link with a Server is proved. It asks the Server, tells nobody, and stores the settings file. Linking
 * follows the Flamenco 2 protocol to the letter.
 */
@NullMarked
package io.flamenco.manager.setup;

import org.jspecify.annotations.NullMarked;
