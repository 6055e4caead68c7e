/**
 * Copies of a role's embedded database: made while the role runs or not, put back while it does not, or carried over into a
 * MongoDB.
 *
 * <p>It decides whether a file may become the database of a role, and how to get at the database: through the role when that
 * runs, from its files otherwise. It stores backups, for their owner only, and moves a database that is replaced aside.
 */
@NullMarked
package io.flamenco.cli.backup;

import org.jspecify.annotations.NullMarked;
