/**
 * The latest picture that a Worker made, scaled to something that a browser shows.
 *
 * <p>{@link io.flamenco.manager.images.LatestImageVerticle} hears {@link io.flamenco.manager.images.ImageOrders}, decides
 * which files are worth looking at, and tells {@link io.flamenco.shared.bus.Addresses#MANAGER_LATEST_IMAGE} when there is a
 * new picture. It stores one JPEG in the Manager's data directory. Workers name the files, so nothing about them is
 * trusted: what is no picture, no plain file or too large is left alone, and a converter that takes too long is killed. The
 * classes named {@code Blocking…} do the work, on a thread of their own.
 */
@NullMarked
package io.flamenco.manager.images;

import org.jspecify.annotations.NullMarked;
