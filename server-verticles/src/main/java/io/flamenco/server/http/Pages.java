package io.flamenco.server.http;

import io.flamenco.shared.http.WebFiles;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.List;

/** The pages for people, from the class path. */
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

    private Pages() {}

    static void mount(Vertx vertx, Router router) {
        new WebFiles(vertx, "server/index.html", VIEWS).addTo(router);
    }
}
