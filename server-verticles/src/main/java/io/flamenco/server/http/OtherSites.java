package io.flamenco.server.http;

import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Refuses changes that another site has a browser make: a browser says from which page a request comes, and asks first
 * before it sends a header of one's own anywhere else, which we never allow.
 */
final class OtherSites {

    private static final String OWN_HEADER = "X-Requested-With";

    private final Optional<String> ownAuthority;

    /**
     * @param ownUrl how people reach the Server, when it is known
     */
    OtherSites(Optional<URI> ownUrl) {
        this.ownAuthority = ownUrl.map(URI::getRawAuthority);
    }

    /** Lets through what our own pages do with a script; 403 for anything else. */
    void refuse(HttpServerRequest request) {
        refuseForm(request);
        if (request.getHeader(OWN_HEADER) == null) {
            throw new HttpFailure(403, "A change with a session needs the header " + OWN_HEADER + ".");
        }
    }

    /** Lets through what comes from a page of this Server, also a form; 403 for anything else. */
    void refuseForm(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw foreign();
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && !ours(origin, request)) {
            throw foreign();
        }
    }

    private boolean ours(String origin, HttpServerRequest request) {
        int scheme = origin.indexOf("://");
        String authority = scheme < 0 ? "" : origin.substring(scheme + 3).toLowerCase(Locale.ROOT);
        String host = String.valueOf(request.getHeader(HttpHeaders.HOST)).toLowerCase(Locale.ROOT);
        return authority.equals(host)
                || ownAuthority.filter(own -> own.equalsIgnoreCase(authority)).isPresent();
    }

    private static HttpFailure foreign() {
        return new HttpFailure(403, "Pages of other sites may not change anything here.");
    }
}
