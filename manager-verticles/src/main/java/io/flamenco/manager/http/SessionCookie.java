package io.flamenco.manager.http;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The cookie of the Manager's own sessions. It has a name of its own for each port, since browsers do not tell the cookies of ports
 * apart; over HTTPS the name begins with {@code __Host-}, which a browser takes from this very host over HTTPS only.
 *
 * @param ownUrl how people reach the Manager, if that is configured
 */
public record SessionCookie(Optional<URI> ownUrl) {

    /** What the name of a cookie begins with that only this host can have set. */
    static final String HOST = "__Host-";

    private static final int MOST = 4;

    String name(HttpServerRequest request) {
        String name = "flamencoManager"
                + (request.localAddress() == null ? "" : request.localAddress().port());
        return overHttps(request) ? HOST + name : name;
    }

    /** Encrypted by ourselves, or by something in front of us that {@code own_url} speaks of. */
    boolean overHttps(HttpServerRequest request) {
        String authority = String.valueOf(request.authority());
        return request.isSSL()
                || ownUrl.filter(url -> "https".equals(url.getScheme()) && authority.equals(url.getAuthority()))
                        .isPresent();
    }

    /** The sessions that the request carries. */
    List<String> sessions(HttpServerRequest request) {
        return values(request, name(request));
    }

    Cookie of(HttpServerRequest request, String session, Duration lasts) {
        return Cookie.cookie(name(request), session)
                .setHttpOnly(true)
                .setSecure(overHttps(request))
                .setSameSite(CookieSameSite.STRICT)
                .setPath("/")
                .setMaxAge(lasts.toSeconds());
    }

    /** What the request carries under that name. */
    static List<String> values(HttpServerRequest request, String name) {
        return request.cookies(name).stream()
                .map(Cookie::getValue)
                .filter(value -> !value.isEmpty())
                .limit(MOST)
                .toList();
    }
}
