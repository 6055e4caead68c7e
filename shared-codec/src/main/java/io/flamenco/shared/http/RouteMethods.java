package io.flamenco.shared.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which methods the addresses of a router take. */
public final class RouteMethods {

    private static final String CHANGING = "changing";

    private RouteMethods() {}

    /** Says of a route that its GET changes something, as the protocol wants it, so that it is not asked with HEAD. */
    public static Route changing(Route route) {
        return route.putMetadata(CHANGING, true);
    }

    /** Lets HEAD ask whatever GET asks, for an answer without a body (RFC 9110, 9.3.2); to be called when all routes are there. */
    public static void letHeadAskAsGet(Router router) {
        router.getRoutes().stream()
                .filter(route -> route.methods() != null && route.methods().contains(HttpMethod.GET))
                .filter(route -> route.getMetadata(CHANGING) == null)
                .forEach(route -> route.method(HttpMethod.HEAD));
    }

    /**
     * The methods that an address takes, as the header {@code Allow} lists them (RFC 9110, 10.2.1).
     *
     * @param path as the router understands it
     */
    static String allowedAt(Router router, String path) {
        return router.getRoutes().stream()
                .filter(route -> route.methods() != null && route.getPath() != null)
                .filter(route -> pathOf(route).matcher(path).matches())
                .flatMap(route -> route.methods().stream())
                .map(HttpMethod::name)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "));
    }

    /** The paths that a route with a path answers, without a slash at their end. */
    public static Pattern pathOf(Route route) {
        StringBuilder pattern = new StringBuilder();
        for (String part : route.getPath().split("/", -1)) {
            pattern.append(pattern.isEmpty() && part.isEmpty() ? "" : "/");
            pattern.append(part.startsWith(":") ? "[^/]+" : part.equals("*") ? ".*" : Pattern.quote(part));
        }
        return Pattern.compile(pattern.isEmpty() ? "/" : pattern.toString());
    }
}
