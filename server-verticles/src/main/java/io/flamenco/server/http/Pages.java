package io.flamenco.server.http;

import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.http.BusBridge;
import io.flamenco.shared.http.WebFiles;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
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
            "/workers",
            "/archive",
            "/projects",
            "/users",
            "/audit",
            "/api/docs",
            "/flamenco/",
            "/flamenco/tasks/:id",
            "/flamenco/jobs/:id/redir");

    private static final List<String> HEARD = List.of(
            Addresses.SERVER_JOB_STATUS_CHANGED.address(),
            Addresses.SERVER_TASK_STATUS_CHANGED.address(),
            Addresses.SERVER_WORKER_STATUS_CHANGED.address(),
            Addresses.SERVER_JOB_PICTURE_ADDED.address());

    private Pages() {}

    static void mount(Vertx vertx, Router router) {
        new BusBridge(vertx, HEARD, List.of()).addTo(router);
        new WebFiles(vertx, "server/index.html", VIEWS).addTo(router);
    }
}
