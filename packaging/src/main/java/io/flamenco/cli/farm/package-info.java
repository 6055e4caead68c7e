/**
 * A farm of all roles in one process: links Server, Manager and Workers with secrets made at the first start, and lets
 * them talk over HTTP as they would between machines.
 *
 * <p>It stores the link in the directory {@code link} of the data directory, for its owner only.
 */
@NullMarked
package io.flamenco.cli.farm;

import org.jspecify.annotations.NullMarked;
