package io.flamenco.manager.http;

import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.Topic;
import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.Vertx;
import io.vertx.ext.bridge.BridgeEventType;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets browsers hear the bridged topics over SockJS. They can say nothing.
 *
 * <p>A viewer that does not read as fast as things happen loses facts instead of filling the Manager's memory; each log fact
 * carries its offset, so the page sees the gap and asks for what is missing.
 */
public final class EventBusBridge implements RouteGroup {

    private static final Logger LOG = LoggerFactory.getLogger(EventBusBridge.class);

    private static final List<Topic<?>> HEARD = List.of(
            Addresses.MANAGER_WORKER_STATUS_CHANGED,
            Addresses.MANAGER_TASK_STATUS_CHANGED,
            Addresses.MANAGER_LATEST_IMAGE);

    private static final int MOST_SESSIONS_PER_INSTANCE = 5_000;
    private static final int MOST_ADDRESSES_PER_SESSION = 100;
    private static final int LONGEST_ADDRESS = 200;
    private static final int LONGEST_REQUEST_BYTES = 64 * 1024;
    private static final int PING_TIMEOUT_MILLIS = 30_000;

    private final Vertx vertx;
    private int sessions;

    public EventBusBridge(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public void addTo(Router router) {
        SockJSHandler sockets = SockJSHandler.create(vertx, new SockJSHandlerOptions().setInsertJSESSIONID(false));
        router.route("/eventbus/*")
                .handler(EventBusBridge::refuseForeignPages)
                .handler(EventBusBridge::refuseLargeRequests);
        router.route("/eventbus/*").subRouter(sockets.bridge(permissions(), this::onEvent));
    }

    private static SockJSBridgeOptions permissions() {
        SockJSBridgeOptions options = new SockJSBridgeOptions()
                .setMaxAddressLength(LONGEST_ADDRESS)
                .setMaxHandlersPerSocket(MOST_ADDRESSES_PER_SESSION)
                .setPingTimeout(PING_TIMEOUT_MILLIS);
        HEARD.forEach(topic -> options.addOutboundPermitted(new PermittedOptions().setAddress(topic.address())));
        return options.addOutboundPermitted(new PermittedOptions()
                .setAddressRegex(Pattern.quote(Addresses.MANAGER_TASK_LOG.address() + ".") + "[0-9a-f]{24}"));
    }

    private void onEvent(BridgeEvent event) {
        if (event.type() == BridgeEventType.SOCKET_CREATED) {
            boolean room = sessions < MOST_SESSIONS_PER_INSTANCE;
            sessions += room ? 1 : 0;
            if (!room) {
                LOG.warn("A browser was turned away: {} listen already.", sessions);
            }
            event.complete(room);
        } else if (event.type() == BridgeEventType.SOCKET_CLOSED) {
            sessions--;
            event.complete(true);
        } else if (event.type() == BridgeEventType.RECEIVE) {
            event.complete(!event.socket().writeQueueFull());
        } else {
            if (event.type() == BridgeEventType.SOCKET_ERROR) {
                LOG.debug("A page's connection ended abruptly. reason={}", event.getRawMessage());
            }
            event.complete(true);
        }
    }

    /** A page of another site must not listen with the rights of the person who has it open. */
    private static void refuseForeignPages(RoutingContext context) {
        if (OwnOrigin.isForeign(context.request())) {
            context.fail(new HttpFailure(
                    403,
                    "Only pages of this Manager can listen to it, not those of "
                            + context.request().getHeader("Origin") + "."));
        } else {
            context.next();
        }
    }

    private static void refuseLargeRequests(RoutingContext context) {
        String length = context.request().getHeader("Content-Length");
        boolean small = length == null || (length.length() < 9 && Integer.parseInt(length) <= LONGEST_REQUEST_BYTES);
        boolean chunked = context.request().headers().contains("Transfer-Encoding");
        if (small && !chunked) {
            context.next();
        } else {
            context.fail(new HttpFailure(413, "A page has nothing to say that is so long."));
        }
    }
}
