package io.flamenco.manager.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;

/** {@code GET /api/v1/openapi.yaml}: what a Manager answers, at work and while it is set up, as an OpenAPI document. */
public final class DescriptionRoutes implements RouteGroup {

    @Override
    public void addTo(Router router) {
        router.get("/api/v1/openapi.yaml")
                .handler(context -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml")
                        .sendFile("openapi/manager.yaml")
                        .onFailure(context::fail));
    }
}
