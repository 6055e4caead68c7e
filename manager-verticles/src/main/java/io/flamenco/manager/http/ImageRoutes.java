package io.flamenco.manager.http;

import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;

/** The latest picture for browsers. */
public final class ImageRoutes implements RouteGroup {

    private final Vertx vertx;
    private final Path picture;

    /**
     * @param picture the JPEG that is shown; may not be there yet
     */
    public ImageRoutes(Vertx vertx, Path picture) {
        this.vertx = vertx;
        this.picture = picture;
    }

    @Override
    public void addTo(Router router) {
        router.get("/latest-image.jpg").handler(this::send);
    }

    private void send(RoutingContext context) {
        vertx.fileSystem()
                .props(picture.toString())
                .recover(missing -> io.vertx.core.Future.failedFuture(
                        new HttpFailure(404, "No Worker has made a picture yet that can be shown.")))
                .compose(props -> {
                    context.response()
                            .putHeader(HttpHeaders.CONTENT_TYPE, "image/jpeg")
                            .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                            .putHeader("X-Content-Type-Options", "nosniff");
                    return new FileAnswer(context, picture, props).send();
                })
                .onFailure(context::fail);
    }
}
