/**
 * The file store ("Shaman" of the Flamenco 2 protocol): files that are sent once, known by their SHA-256, and trees of links
 * to them, one per job.
 *
 * <p>{@code domain} decides what a file and a checkout may be called. {@code blocking} keeps the files: an upload goes to a
 * temporary file, is hashed while it streams, forced to the disk and renamed, so that whatever is stored is whole and true,
 * also after the process was killed. {@code http} answers uploaders. {@link io.flamenco.manager.shaman.ShamanVerticle} removes
 * what nobody links to any longer and what broken uploads left behind. Nothing is told on the bus; the truth is on the disk.
 */
@NullMarked
package io.flamenco.manager.shaman;

import org.jspecify.annotations.NullMarked;
