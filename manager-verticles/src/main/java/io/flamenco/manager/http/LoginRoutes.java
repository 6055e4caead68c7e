package io.flamenco.manager.http;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.login.LinkProof;
import io.flamenco.manager.login.Person;
import io.flamenco.manager.login.Sessions;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.http.OwnOrigin;
import io.flamenco.shared.http.RateLimit;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How people log in: {@code GET /jwt/token-urls} sends their browser to the Server for a token (Flamenco 2 protocol), {@code POST
 * /api/v1/login} begins a session with the one-time key of this start or the API token.
 */
public final class LoginRoutes implements RouteGroup {

    private static final Logger LOG = LoggerFactory.getLogger(LoginRoutes.class);
    private static final int LARGEST_BODY = 4096;
    private static final Pattern AUTHORITY =
            Pattern.compile("[A-Za-z0-9.-]+(:\\d{1,5})?|\\[[0-9A-Fa-f:.]+](:\\d{1,5})?");
    private static final Pattern PLACE = Pattern.compile("/[A-Za-z0-9/_.-]*");

    private final People people;
    private final URI server;
    private final Optional<ManagerConfig.Link> link;
    private final RateLimit limit;

    /**
     * @param server where people log in
     * @param link empty for a Manager whose people can not log in at a Server
     * @param limit how often one address may try a key
     */
    public LoginRoutes(People people, URI server, Optional<ManagerConfig.Link> link, RateLimit limit) {
        this.people = people;
        this.server = server;
        this.link = link;
        this.limit = limit;
    }

    private record Shown(@Nullable String key) {

        String text() {
            return key == null ? "" : key.strip();
        }
    }

    @Override
    public void addTo(Router router) {
        router.get("/jwt/token-urls").handler(this::tokenUrls);
        router.post("/api/v1/login").handler(this::logIn);
        router.post("/api/v1/logout").handler(this::logOut);
        router.get("/api/v1/me").handler(this::me);
    }

    private void tokenUrls(RoutingContext context) {
        if (people.open() || link.isEmpty()) {
            throw new HttpFailure(404, "Nobody logs in at a Server to use this Manager.");
        }
        LinkProof proof = LinkProof.at(
                people.clock().instant(), link.get().managerId(), link.get().secret());
        String base = server.toString().endsWith("/") ? server.toString() : server + "/";
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(new JsonObject()
                        .put(
                                "tokenURL",
                                base + "api/flamenco/jwt/generate-token/"
                                        + link.get().managerId() + "?expires=" + encoded(proof.expires()) + "&hmac="
                                        + proof.hmac())
                        .put("loginURL", base + "login?next=" + encoded(comeBack(context)))
                        .toBuffer());
    }

    /** Where the Server sends people after they have logged in: the page that they wanted. */
    private String comeBack(RoutingContext context) {
        HttpServerRequest request = context.request();
        String authority =
                Optional.ofNullable(request.authority()).map(String::valueOf).orElse("");
        if (!AUTHORITY.matcher(authority).matches()) {
            throw new HttpFailure(400, "The Host of this request is none.");
        }
        String place = context.queryParam("place").stream()
                .filter(wanted -> PLACE.matcher(wanted).matches() && !wanted.startsWith("//"))
                .findFirst()
                .orElse("/");
        return (people.cookie().overHttps(request) ? "https" : "http") + "://" + authority + place;
    }

    private void logIn(RoutingContext context) {
        HttpServerRequest request = context.request();
        String from = WorkerCalls.seen(context).address();
        Optional<Duration> wait = limit.take(from);
        if (wait.isPresent()) {
            context.response()
                    .putHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.get().toSeconds() + 1));
            throw new HttpFailure(429, "Too many keys were tried from this address; wait a minute.");
        }
        if (OwnOrigin.isForeign(request)) {
            throw new HttpFailure(403, "Only pages of this Manager can log in here.");
        }
        Bodies.json(context, Shown.class, LARGEST_BODY)
                .map(shown -> people.sessions()
                        .begin(shown.text())
                        .orElseThrow(() -> new HttpFailure(
                                401,
                                "That is neither the one-time key of this start nor the API token; both stand where the"
                                        + " Manager runs.")))
                .onSuccess(session -> {
                    LOG.info("Somebody logged in. address={}", from);
                    context.response().addCookie(people.cookie().of(request, session, Sessions.LASTS));
                    Answers.nothing(context, 204);
                })
                .onFailure(context::fail);
    }

    private void logOut(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (OwnOrigin.isForeign(request)) {
            throw new HttpFailure(403, "Only pages of this Manager can log out here.");
        }
        people.cookie().sessions(request).forEach(people.sessions()::end);
        context.response().addCookie(people.cookie().of(request, "", Duration.ZERO));
        Answers.nothing(context, 204);
    }

    private void me(RoutingContext context) {
        if (people.sender(context.request()) instanceof People.Known(Person person, boolean byCookie)) {
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            Answers.json(
                    context,
                    200,
                    Map.of(
                            "id",
                            person.id(),
                            "name",
                            person.name(),
                            "role",
                            person.role().word()));
        } else {
            throw new HttpFailure(401, "Nobody is logged in.");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
