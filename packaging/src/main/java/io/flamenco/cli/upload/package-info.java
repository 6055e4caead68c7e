/**
 * Sends a file, and the files that it uses, to a Manager's file store, for farms without a shared drive.
 *
 * <p>{@link io.flamenco.cli.upload.UploadOptions} is what the command line knows of it. Which files a .blend uses is asked of
 * Blender; the files keep their places relative to each other. Each is sent once, however many jobs use it.
 */
@NullMarked
package io.flamenco.cli.upload;

import org.jspecify.annotations.NullMarked;
