/**
 * Who changed what, when and from where: a line for each change that a person asked for, granted or not.
 *
 * <p>It hears of changes from the door of the HTTP face, tells nobody, and stores them in {@code audit.log} of the data
 * directory. Lines hold no bodies and no query, so no secrets.
 */
@NullMarked
package io.flamenco.manager.audit;

import org.jspecify.annotations.NullMarked;
