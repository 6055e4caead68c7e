package io.flamenco.shared.http;

import io.vertx.config.yaml.YamlProcessor;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Hands out the OpenAPI document of a role: {@code openapi.yaml} as it was written, for people and programs, and {@code
 * openapi.json} with the same content, which the pages can read.
 *
 * @param resource the name of the document on the class path
 */
public record ApiDocument(String resource) {

    /** Adds both below that address. */
    public void mount(Router router, String base) {
        router.get(base + "/openapi.yaml").handler(this::yaml);
        router.get(base + "/openapi.json").handler(this::json);
    }

    private void yaml(RoutingContext context) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml")
                .sendFile(resource)
                .onFailure(context::fail);
    }

    private void json(RoutingContext context) {
        Vertx vertx = context.vertx();
        vertx.fileSystem()
                .readFile(resource)
                .compose(text -> new YamlProcessor().process(vertx, new JsonObject(), text))
                .map(JsonObject::toBuffer)
                .compose((Buffer json) -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(json))
                .onFailure(context::fail);
    }
}
