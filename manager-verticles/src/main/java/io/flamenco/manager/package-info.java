/**
 * The Manager's composition root: opens the database and deploys the Manager's verticles in order.
 *
 * <p>It decides nothing itself. Whoever adds a verticle names it in {@link
 * io.flamenco.manager.config.ManagerConfig#VERTICLES} and makes it in {@link io.flamenco.manager.ManagerRole}; whoever adds
 * pages or calls adds a {@link io.flamenco.manager.http.RouteGroup}.
 */
@NullMarked
package io.flamenco.manager;

import org.jspecify.annotations.NullMarked;
