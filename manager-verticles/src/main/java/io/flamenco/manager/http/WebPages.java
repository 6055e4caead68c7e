package io.flamenco.manager.http;

import io.flamenco.shared.http.WebFiles;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.List;

/** The Manager's web pages. */
public final class WebPages implements RouteGroup {

    private static final List<String> VIEWS =
            List.of("/", "/workers/:id", "/tasks/:id/log", "/queue", "/latest-image", "/api/docs");

    private final WebFiles files;

    public WebPages(Vertx vertx) {
        this(vertx, "");
    }

    /** @param connectTo the origin that pages may call beside the Manager itself; may be empty */
    public WebPages(Vertx vertx, String connectTo) {
        this.files = new WebFiles(vertx, "manager/index.html", VIEWS, connectTo);
    }

    private WebPages(WebFiles files) {
        this.files = files;
    }

    /** The pages of a Manager that is being set up. */
    public static WebPages ofSetup(Vertx vertx, String connectTo) {
        return new WebPages(
                new WebFiles(vertx, "manager/setup.html", List.of("/", "/setup", "/setup/link-done"), connectTo));
    }

    /** The page that asks whether a working Manager shall be set up; {@code /setup} leads to the dashboard then. */
    public static RouteGroup ofRestart(Vertx vertx, String connectTo) {
        WebFiles files = new WebFiles(vertx, "manager/setup.html", List.of("/restart-to-websetup"), connectTo);
        return router -> {
            files.addTo(router);
            router.get("/setup")
                    .handler(context -> context.response()
                            .setStatusCode(307)
                            .putHeader("Location", "/")
                            .end());
        };
    }

    @Override
    public void addTo(Router router) {
        files.addTo(router);
    }
}
