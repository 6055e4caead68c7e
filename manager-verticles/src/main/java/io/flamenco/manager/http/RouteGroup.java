package io.flamenco.manager.http;

import io.vertx.ext.web.Router;

/** A family of calls or pages. One instance belongs to one instance of the {@link HttpVerticle} and its event loop. */
@FunctionalInterface
public interface RouteGroup {

    /** Adds its routes. */
    void addTo(Router router);
}
