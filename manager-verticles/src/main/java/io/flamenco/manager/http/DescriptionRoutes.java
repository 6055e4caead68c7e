package io.flamenco.manager.http;

import io.flamenco.shared.http.ApiDocument;
import io.vertx.ext.web.Router;

/** What a Manager answers, at work and while it is set up, as an OpenAPI document. */
public final class DescriptionRoutes implements RouteGroup {

    @Override
    public void addTo(Router router) {
        new ApiDocument("openapi/manager.yaml").mount(router, "/api/v1");
    }
}
