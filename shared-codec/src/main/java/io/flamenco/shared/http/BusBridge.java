package io.flamenco.shared.http;

import io.vertx.core.Vertx;
import io.vertx.ext.bridge.BridgeEventType;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets browsers hear the bridged topics over SockJS. They can say nothing.
 *
 * <p>A viewer that does not read as fast as things happen loses facts instead of filling the memory; each log fact
 * carries its offset, so the page sees the gap and asks for what is missing.
 */
public final class BusBridge {

    private static final Logger LOG = LoggerFactory.getLogger(BusBridge.class);

    private static final int MOST_SESSIONS_PER_INSTANCE = 5_000;
    private static final int MOST_ADDRESSES_PER_SESSION = 100;
    private static final int LONGEST_ADDRESS = 200;
    private static final int LONGEST_REQUEST_BYTES = 64 * 1024;
    private static final int PING_TIMEOUT_MILLIS = 30_000;

    private final Vertx vertx;
    private final List<String> addresses;
    private final List<String> patterns;
    private int sessions;

    /**
     * @param addresses what can be heard
     * @param patterns regular expressions of further addresses that can be heard
     */
    public BusBridge(Vertx vertx, List<String> addresses, List<String> patterns) {
        this.vertx = vertx;
        this.addresses = List.copyOf(addresses);
        this.patterns = List.copyOf(patterns);
    }

    /** Adds the bridge below {@code /eventbus}. */
    public void addTo(Router router) {
        SockJSHandler sockets = SockJSHandler.create(vertx, new SockJSHandlerOptions().setInsertJSESSIONID(false));
        router.route("/eventbus/*").handler(BusBridge::refuseForeignPages).handler(BusBridge::refuseLargeRequests);
        router.route("/eventbus/*").handler(BodyHandler.create(false).setBodyLimit(LONGEST_REQUEST_BYTES));
        router.route("/eventbus/*").subRouter(sockets.bridge(permissions(), this::onEvent));
    }

    private SockJSBridgeOptions permissions() {
        SockJSBridgeOptions options = new SockJSBridgeOptions()
                .setMaxAddressLength(LONGEST_ADDRESS)
                .setMaxHandlersPerSocket(MOST_ADDRESSES_PER_SESSION)
                .setPingTimeout(PING_TIMEOUT_MILLIS);
        addresses.forEach(address -> options.addOutboundPermitted(new PermittedOptions().setAddress(address)));
        patterns.forEach(pattern -> options.addOutboundPermitted(new PermittedOptions().setAddressRegex(pattern)));
        return options;
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
                LOG.debug("A listener's connection ended abruptly. reason={}", event.getRawMessage());
            }
            event.complete(true);
        }
    }

    /** A page of another site must not listen with the rights of the person who has it open. */
    private static void refuseForeignPages(RoutingContext context) {
        if (OwnOrigin.isForeign(context.request())) {
            context.fail(new HttpFailure(
                    403,
                    "Only this role's own pages can listen to it, not those of "
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
