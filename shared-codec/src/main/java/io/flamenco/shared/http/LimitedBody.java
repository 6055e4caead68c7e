package io.flamenco.shared.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Set;

/**
 * Reads bodies up to a limit; larger ones are answered with 413, and those that cannot be read as their headers say with 400. What
 * a request brings that only reads is not looked at.
 */
public final class LimitedBody implements Handler<RoutingContext> {

    private static final Set<HttpMethod> WITHOUT = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final BodyHandler handler;

    /** @param most bytes, after decompression */
    public LimitedBody(long most) {
        this.handler = BodyHandler.create(false).setBodyLimit(most);
    }

    /** The body handler counts a form that it cannot take apart among its own faults. */
    @Override
    public void handle(RoutingContext context) {
        if (WITHOUT.contains(context.request().method())) {
            context.next();
            return;
        }
        handler.handle(context);
        if (!context.request().isEnded()) {
            context.request()
                    .exceptionHandler(failure ->
                            context.fail(new HttpFailure(400, "The body cannot be read as its headers say.")));
        }
    }
}
