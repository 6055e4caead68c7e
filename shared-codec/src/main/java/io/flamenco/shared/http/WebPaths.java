package io.flamenco.shared.http;

import io.vertx.ext.web.RoutingContext;

/** The paths of requests, for those who decide by them what a request may do. */
public final class WebPaths {

    private WebPaths() {}

    /**
     * The path as the router understands it: without doubled slashes, dots, needless percent-encoding and slashes at its
     * end. Whoever decides by the path as it was sent would decide about another address than the one that is reached.
     */
    public static String asRouted(RoutingContext context) {
        String path = context.normalizedPath();
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
