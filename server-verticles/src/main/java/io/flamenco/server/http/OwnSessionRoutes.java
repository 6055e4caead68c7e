package io.flamenco.server.http;

import io.flamenco.server.store.UserSessions;
import io.flamenco.server.store.UserSessions.Place;
import io.flamenco.server.store.UserSessions.Session;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.ObjectIds;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Optional;

/** Where one is logged in, and ending that there. */
final class OwnSessionRoutes {

    private static final int LONGEST_BROWSER = 200;

    private final UserSessions sessions;
    private final SessionCookie cookie;
    private final Clock clock;

    OwnSessionRoutes(UserSessions sessions, SessionCookie cookie, Clock clock) {
        this.sessions = sessions;
        this.cookie = cookie;
        this.clock = clock;
    }

    void mount(Router router, String base) {
        router.get(base + "/me/sessions").handler(Answering.with(this::list));
        router.delete(base + "/me/sessions").handler(Answering.with(this::endOthers));
        router.delete(base + "/me/sessions/:kid").handler(Answering.with(this::end));
    }

    /** From where a request comes, for its sender to know it again. */
    static Place place(HttpServerRequest request) {
        String browser = Optional.ofNullable(request.getHeader(HttpHeaders.USER_AGENT))
                .map(said -> said.replaceAll("[^ -~]", ""))
                .orElse("");
        return new Place(
                request.remoteAddress().hostAddress(),
                browser.substring(0, Math.min(LONGEST_BROWSER, browser.length())));
    }

    private Future<Void> list(RoutingContext context) {
        String present = cookie.secret(context).map(UserSessions::id).orElse("");
        return sessions.of(Caller.known(context).user(), clock.instant()).compose(all -> {
            JsonArray list = new JsonArray();
            all.forEach(session -> list.add(shown(session, session.id().equals(present))));
            return Answers.secret(context, new JsonObject().put("sessions", list));
        });
    }

    private Future<Void> endOthers(RoutingContext context) {
        return sessions.endOthers(
                        Caller.known(context).user(), cookie.secret(context).orElse(""))
                .compose(ended -> Answers.nothing(context));
    }

    private Future<Void> end(RoutingContext context) {
        String id = String.valueOf(context.pathParam("kid"));
        if (!ObjectIds.isValid(id)) {
            throw new HttpFailure(400, "The id of a session has 24 hexadecimal digits.");
        }
        return sessions.end(Caller.known(context).user(), id).compose(ended -> {
            if (!ended) {
                throw new HttpFailure(404, "You have no such session, or it has ended already.");
            }
            return Answers.nothing(context);
        });
    }

    private static JsonObject shown(Session session, boolean present) {
        return new JsonObject()
                .put("id", session.id())
                .put("address", session.place().address())
                .put("browser", session.place().browser())
                .put("began", session.began().toString())
                .put("expires", session.expires().toString())
                .put("present", present);
    }
}
