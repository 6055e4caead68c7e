package io.flamenco.server.http;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The cookie that carries a session. Scripts cannot read it, other sites cannot have it sent with a change. Over HTTPS its name
 * begins with {@code __Host-}, which a browser takes from this very host over HTTPS only.
 */
final class SessionCookie {

    private static final String NAME = "flamenco-session";
    private static final String NAME_OVER_HTTPS = "__Host-" + NAME;
    private static final int LONGEST = 200;

    private final boolean behindHttps;

    /**
     * @param ownUrl how people reach the Server, when it is known
     */
    SessionCookie(Optional<URI> ownUrl) {
        this.behindHttps = ownUrl.filter(url -> "https".equals(url.getScheme())).isPresent();
    }

    /** The secret that the request carries. */
    Optional<String> secret(RoutingContext context) {
        return Optional.ofNullable(context.request().getCookie(name(context)))
                .map(Cookie::getValue)
                .filter(value -> !value.isEmpty() && value.length() <= LONGEST);
    }

    void put(RoutingContext context, String secret, Duration lasts) {
        context.response().addCookie(cookie(context, secret).setMaxAge(lasts.toSeconds()));
    }

    void remove(RoutingContext context) {
        context.response().addCookie(cookie(context, "").setMaxAge(0));
    }

    private Cookie cookie(RoutingContext context, String value) {
        return Cookie.cookie(name(context), value)
                .setPath("/")
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.LAX)
                .setSecure(overHttps(context));
    }

    private String name(RoutingContext context) {
        return overHttps(context) ? NAME_OVER_HTTPS : NAME;
    }

    private boolean overHttps(RoutingContext context) {
        return behindHttps || context.request().isSSL();
    }
}
