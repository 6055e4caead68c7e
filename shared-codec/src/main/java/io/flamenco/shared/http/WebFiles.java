package io.flamenco.shared.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The web pages of a role: one document whose script finds the view for the address, and the files that it needs. All are
 * read from the class path once, kept compressed, and asked for again by the browser only with their ETag.
 *
 * <p>They are read from the class path itself and not through Vert.x's cache of it on disk: the many files that a page
 * asks for at the same time would be served there before they are wholly written.
 */
public final class WebFiles {

    private static final String ROOT = "webroot";
    private static final String ICON = ROOT + "/assets/favicon.svg";
    private static final Pattern SAFE_PATH = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");

    private final Vertx vertx;
    private final String page;
    private final List<String> views;
    private final SecurityHeaders headers;
    private final Map<String, WebFile> files = new HashMap<>();

    /**
     * @param page the document, as a path below {@code webroot}
     * @param views the paths, as patterns of a router, at which the document is
     */
    public WebFiles(Vertx vertx, String page, List<String> views) {
        this(vertx, page, views, "");
    }

    /**
     * As the other constructor.
     *
     * @param connectTo the origin of another role that pages may call; may be empty
     */
    public WebFiles(Vertx vertx, String page, List<String> views, String connectTo) {
        this.headers = new SecurityHeaders(connectTo);
        this.vertx = vertx;
        this.page = ROOT + "/" + page;
        this.views = List.copyOf(views);
    }

    /** Adds the routes of the pages and of all that is below {@code /assets} and {@code /vendor}. */
    public void addTo(Router router) {
        views.forEach(path -> router.get(path).handler(headers).handler(context -> send(context, page)));
        router.get("/favicon.ico").handler(headers).handler(context -> send(context, ICON));
        router.get("/favicon.svg").handler(headers).handler(context -> send(context, ICON));
        router.get("/assets/*").handler(headers).handler(this::file);
        router.get("/vendor/*").handler(headers).handler(this::file);
    }

    private void file(RoutingContext context) {
        String path = context.normalizedPath();
        if (SAFE_PATH.matcher(path).matches()) {
            send(context, ROOT + path);
        } else {
            context.fail(404);
        }
    }

    private void send(RoutingContext context, String name) {
        load(name)
                .onSuccess(found -> found.ifPresentOrElse(
                        file -> send(context, file),
                        () -> context.fail(new HttpFailure(
                                404, "There is nothing at " + context.request().path() + "."))))
                .onFailure(context::fail);
    }

    private static void send(RoutingContext context, WebFile file) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response()
                .putHeader(HttpHeaders.ETAG, file.etag())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(HttpHeaders.VARY, "Accept-Encoding");
        if (file.etag().equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, file.mediaType());
        String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        if (accepted != null && accepted.contains("gzip")) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip").end(file.gzip());
        } else {
            response.end(file.plain());
        }
    }

    /** What is not there is not remembered, so that nobody can fill the memory with names. */
    private Future<Optional<WebFile>> load(String name) {
        WebFile known = files.get(name);
        if (known != null) {
            return Future.succeededFuture(Optional.of(known));
        }
        return vertx.executeBlocking(() -> WebFile.blockingLoad(name), false)
                .onSuccess(loaded -> loaded.ifPresent(file -> files.put(name, file)));
    }
}
