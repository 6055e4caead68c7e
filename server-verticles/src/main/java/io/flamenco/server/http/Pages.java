package io.flamenco.server.http;

import io.flamenco.shared.bus.Addresses;
import io.vertx.core.Vertx;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.StaticHandler;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import java.util.List;

/** The pages for people, from the class path, and the bridge over which they hear what happens. */
final class Pages {

    private static final String SHELL = "webroot/server/index.html";
    private static final List<String> VIEWS =
            List.of("/", "/jobs", "/jobs/:id", "/tasks/:id/log", "/submit", "/managers");

    private Pages() {}

    static void mount(Vertx vertx, Router router) {
        router.route("/eventbus/*").subRouter(bridge(vertx));
        router.get("/assets/*").handler(StaticHandler.create("webroot/assets").setDirectoryListing(false));
        router.get("/vendor/*").handler(StaticHandler.create("webroot/vendor").setDirectoryListing(false));
        for (String view : VIEWS) {
            router.get(view)
                    .handler(context -> context.response()
                            .putHeader("Content-Type", "text/html; charset=utf-8")
                            .putHeader("Cache-Control", "no-cache")
                            .sendFile(SHELL)
                            .onFailure(absent -> context.fail(404)));
        }
    }

    private static Router bridge(Vertx vertx) {
        SockJSBridgeOptions heard = new SockJSBridgeOptions()
                .addOutboundPermitted(new PermittedOptions().setAddress(Addresses.SERVER_JOB_STATUS_CHANGED.address()))
                .addOutboundPermitted(
                        new PermittedOptions().setAddress(Addresses.SERVER_TASK_STATUS_CHANGED.address()));
        return SockJSHandler.create(vertx).bridge(heard);
    }
}
