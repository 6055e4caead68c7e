package io.flamenco.server.http;

import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.http.WebFiles;
import io.vertx.core.Vertx;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import java.util.List;

/** The pages for people, from the class path, and the bridge over which they hear what happens. */
final class Pages {

    /** Below {@code /flamenco} is where a Manager sends people, as in the Flamenco 2 protocol. */
    private static final List<String> VIEWS = List.of(
            "/",
            "/jobs",
            "/jobs/:id",
            "/tasks/:id/log",
            "/submit",
            "/login",
            "/account",
            "/managers",
            "/flamenco/",
            "/flamenco/tasks/:id",
            "/flamenco/jobs/:id/redir");

    private Pages() {}

    static void mount(Vertx vertx, Router router) {
        router.route("/eventbus/*").subRouter(bridge(vertx));
        new WebFiles(vertx, "server/index.html", VIEWS).addTo(router);
    }

    private static Router bridge(Vertx vertx) {
        SockJSBridgeOptions heard = new SockJSBridgeOptions()
                .addOutboundPermitted(new PermittedOptions().setAddress(Addresses.SERVER_JOB_STATUS_CHANGED.address()))
                .addOutboundPermitted(new PermittedOptions().setAddress(Addresses.SERVER_TASK_STATUS_CHANGED.address()))
                .addOutboundPermitted(
                        new PermittedOptions().setAddress(Addresses.SERVER_WORKER_STATUS_CHANGED.address()));
        return SockJSHandler.create(vertx).bridge(heard);
    }
}
