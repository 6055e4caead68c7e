package io.flamenco.server.http;

import io.flamenco.shared.id.UserId;
import io.flamenco.shared.people.FarmRole;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Optional;

/**
 * Who makes a request.
 *
 * @param name for people and the audit log
 * @param means how they proved it
 * @param held whether they must change their password before they do anything else
 */
record Caller(UserId user, String name, FarmRole role, Means means, boolean held) {

    private static final String KEY = "caller";

    /** How somebody proves who they are. */
    enum Means {
        PASSWORD_SESSION,
        KEY_SESSION,
        API_TOKEN,
        SERVER_TOKEN;

        /** As the audit log names it. */
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether a browser sends it along by itself, so that other pages could make it do so. */
        boolean sentByItself() {
            return this == PASSWORD_SESSION || this == KEY_SESSION;
        }
    }

    /** Remembers who it is while the request lasts. */
    void remember(RoutingContext context) {
        context.put(KEY, this);
    }

    /** Who it is; empty for strangers. */
    static Optional<Caller> of(RoutingContext context) {
        return Optional.ofNullable(context.get(KEY));
    }

    /** Who it is, where nobody else is let through. */
    static Caller known(RoutingContext context) {
        return of(context).orElseThrow(() -> new IllegalStateException("a stranger was let through"));
    }
}
