package io.flamenco.shared.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;

/** Tells our own pages from those of others. */
public final class OwnOrigin {

    private OwnOrigin() {}

    /** Whether the request says that it comes from a page of somebody else. */
    public static boolean isForeign(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        HostAndPort own = request.authority();
        return origin != null && (own == null || !sameAuthority(origin, own));
    }

    private static boolean sameAuthority(String origin, HostAndPort authority) {
        try {
            URI uri = URI.create(origin);
            int port = uri.getPort() >= 0 ? uri.getPort() : standardPort(uri.getScheme());
            int own = authority.port() >= 0 ? authority.port() : standardPort(uri.getScheme());
            return authority.host().equalsIgnoreCase(uri.getHost()) && own == port;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static int standardPort(String scheme) {
        return "https".equals(scheme) ? 443 : 80;
    }
}
