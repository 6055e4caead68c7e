package io.flamenco.server.http;

import io.flamenco.server.news.NewsOrder;
import io.flamenco.server.store.Managers;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.PreferredWait;
import io.flamenco.shared.wire.WireJson;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * A Manager waits for what is new for it: {@code GET …/news?after=MARK} with {@code Prefer: wait=N} (RFC 7240), N in seconds.
 * Beyond the Flamenco 2 protocol; announced as {@link io.flamenco.shared.wire.ServerCapabilities#NEWS}.
 */
final class NewsRoutes {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final ManagerLogin login;
    private final FarmBus bus;

    NewsRoutes(Managers managers, FarmBus bus) {
        this.login = new ManagerLogin(managers);
        this.bus = bus;
    }

    void mountForManagers(Router router) {
        router.get("/api/flamenco/managers/:mid/news").handler(Answering.with(this::news));
    }

    private Future<Void> news(RoutingContext context) {
        Duration wait = PreferredWait.of(context.request().getHeader("Prefer"), LONGEST_WAIT);
        String mark = Requests.query(context, "after").orElse("");
        return login.self(context)
                .compose(manager ->
                        bus.ask(NewsOrder.WAIT, new NewsOrder.Wait(manager, mark, wait), wait.plus(ANSWER_WITHIN)))
                .compose(news -> context.response()
                        .putHeader("Preference-Applied", "wait=" + wait.toSeconds())
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(WireJson.write(news)));
    }
}
