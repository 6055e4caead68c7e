package io.flamenco.manager.http;

import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * {@code GET /imagewatch}: server-sent events that say when there is a new latest picture (Flamenco 2 protocol). A client
 * that does not read misses events; the next one tells it as much.
 */
public final class ImageWatchRoutes implements RouteGroup {

    private static final int MOST_CLIENTS = 1_000;
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);

    /** Some browsers take a stream for dead until something has come. */
    private static final String WELCOME = "event: notification\ndata: listening\n\n";

    private static final String NEW_PICTURE = "event: image\ndata: latest-image.jpg\n\n";
    private static final String STILL_HERE = ": still here\n\n";

    private final FarmBus bus;
    private final Timers timers;
    private final Set<HttpServerResponse> clients = new HashSet<>();

    public ImageWatchRoutes(FarmBus bus, Timers timers) {
        this.bus = bus;
        this.timers = timers;
    }

    @Override
    public void addTo(Router router) {
        bus.hear(Addresses.MANAGER_LATEST_IMAGE, picture -> tell(NEW_PICTURE));
        timers.every("keep picture streams alive", HEARTBEAT, HEARTBEAT, () -> {
            tell(STILL_HERE);
            return Future.succeededFuture();
        });
        router.get("/imagewatch").handler(this::watch);
    }

    private void watch(RoutingContext context) {
        if (clients.size() >= MOST_CLIENTS) {
            context.fail(new HttpFailure(503, "So many pages watch for pictures already; look again later."));
            return;
        }
        HttpServerResponse response = context.response()
                .setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-cache");
        clients.add(response);
        response.closeHandler(gone -> clients.remove(response));
        response.write(WELCOME).onFailure(gone -> clients.remove(response));
    }

    private void tell(String event) {
        for (HttpServerResponse client : Set.copyOf(clients)) {
            if (!client.writeQueueFull()) {
                client.write(event).onFailure(gone -> clients.remove(client));
            }
        }
    }
}
