/**
 * The latest picture that a Worker made, converted to something that a browser shows.
 *
 * <p>Hears {@link io.flamenco.manager.images.ImageOrders} and tells {@link
 * io.flamenco.shared.bus.Addresses#MANAGER_LATEST_IMAGE}.
 */
@NullMarked
package io.flamenco.manager.images;

import org.jspecify.annotations.NullMarked;
