/**
 * Named, ordered maps of bytes in one file, in which what was reported durable survives the death of the process and of the
 * machine. It knows nothing of documents.
 *
 * <p>How it works. One thread, the <em>owner</em>, makes all changes. A change is applied to the maps of an H2 MVStore in
 * memory and noted in the {@link io.flamenco.mongo.storage.Journal}; a second thread appends whatever was noted meanwhile to
 * the journal's file, syncs once for all of it, and tells the owner up to where changes are durable. From time to time, and at
 * close, a <em>checkpoint</em> lets the MVStore write the maps to its own file, after which the older journal files are deleted.
 * At start the journal is applied to the maps as the last checkpoint left them.
 *
 * <p>The journal holds final values ("this key of this map has these bytes", "is gone"), so applying it twice, or to maps that
 * are newer than its beginning, ends in the same state. Each frame of it carries a checksum and a number; a tail that was being
 * written when the machine stopped is recognised and dropped, since nobody was told that it is durable.
 */
@NullMarked
package io.flamenco.mongo.storage;

import org.jspecify.annotations.NullMarked;
