package io.flamenco.manager.http;

import io.flamenco.shared.http.WebFiles;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.List;

/** The Manager's web pages. */
public final class WebPages implements RouteGroup {

    private static final List<String> VIEWS = List.of(
            "/", "/workers/:id", "/tasks/:id/log", "/queue", "/latest-image", "/pictures", "/history", "/settings");

    private final WebFiles files;

    public WebPages(Vertx vertx) {
        this(vertx, "");
    }

    /** @param connectTo the origin that pages may call beside the Manager itself; may be empty */
    public WebPages(Vertx vertx, String connectTo) {
        this.files = new WebFiles(vertx, "manager/index.html", VIEWS, connectTo);
    }

    @Override
    public void addTo(Router router) {
        files.addTo(router);
    }
}
