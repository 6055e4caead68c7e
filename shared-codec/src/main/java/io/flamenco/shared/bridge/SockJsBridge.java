package io.flamenco.shared.bridge;

import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.http.LimitedBody;
import io.flamenco.shared.http.OwnOrigin;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import io.vertx.ext.web.handler.sockjs.Transport;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The bus for browsers and for tools, over SockJS at {@code /eventbus} in the messages of Vert.x's own bridge.
 *
 * <p>Who it is, is known by the request that opens a connection, or else by a token in a message. A browser sends what it has
 * with the request, so one that is not known is refused at once.
 */
public final class SockJsBridge {

    private static final String PATH = "/eventbus/*";
    private static final String GUEST = "bus-guest";
    private static final int LONGEST_REQUEST_BYTES = 64 * 1024;
    private static final Pattern OPENING =
            Pattern.compile("/eventbus/(.*/)?(info|websocket|xhr|xhr_streaming|eventsource)");

    private final Vertx vertx;
    private final BridgeTerms terms;
    private final BridgeHub hub;

    /** The bridge of one event loop, on which it must be made. */
    public SockJsBridge(Vertx vertx, BridgeTerms terms) {
        this.vertx = vertx;
        this.terms = terms;
        this.hub = new BridgeHub(vertx, terms);
    }

    /** Adds the bridge below {@code /eventbus}. */
    public void addTo(Router router) {
        SockJSHandlerOptions options = new SockJSHandlerOptions()
                .setInsertJSESSIONID(false)
                .addDisabledTransport(Transport.JSON_P.name())
                .addDisabledTransport(Transport.HTML_FILE.name());
        router.route(PATH).handler(SockJsBridge::refuseForeignPages).handler(SockJsBridge::refuseLargeRequests);
        router.route(PATH).handler(this::recogniseOpener);
        router.route(PATH).handler(new LimitedBody(LONGEST_REQUEST_BYTES));
        router.route(PATH).subRouter(SockJSHandler.create(vertx, options).socketHandler(this::open));
    }

    private void recogniseOpener(RoutingContext context) {
        if (!OPENING.matcher(context.normalizedPath()).matches()) {
            context.next();
            return;
        }
        context.request().pause();
        terms.door().opener(context).onComplete(found -> {
            context.request().resume();
            if (found.failed()) {
                context.fail(found.cause());
            } else if (found.result().isEmpty() && isFromBrowser(context)) {
                context.fail(new HttpFailure(401, "Log in to hear what happens."));
            } else {
                context.put(GUEST, found.result());
                context.next();
            }
        });
    }

    private void open(SockJSSocket socket) {
        RoutingContext opening = socket.routingContext();
        Optional<BridgeGuest> opener = opening.get(GUEST);
        BridgeConnection connection = new BridgeConnection(hub, new Line(socket));
        socket.handler(message -> connection.hear(message.toString()));
        socket.closeHandler(closed -> connection.closed());
        socket.exceptionHandler(broken -> connection.closed());
        opener.ifPresentOrElse(
                guest -> connection.open(guest, () -> terms.door().opener(opening)), connection::open);
    }

    private record Line(SockJSSocket socket) implements BridgeLine {

        @Override
        public Future<Void> send(BridgeFrame frame) {
            return socket.write(frame.text());
        }

        @Override
        public boolean answersPings() {
            return false;
        }

        @Override
        public void close() {
            socket.close();
        }

        @Override
        public String address() {
            return String.valueOf(socket.remoteAddress().hostAddress());
        }
    }

    /** All browsers say that they are Mozilla. */
    private static boolean isFromBrowser(RoutingContext context) {
        String agent = context.request().getHeader(HttpHeaders.USER_AGENT);
        return agent != null && agent.startsWith("Mozilla/");
    }

    /** A page of another site must not listen with the rights of the person who has it open. */
    private static void refuseForeignPages(RoutingContext context) {
        if (OwnOrigin.isForeign(context.request())) {
            context.fail(new HttpFailure(
                    403,
                    "Only this role's own pages can use the bus, not those of "
                            + context.request().getHeader(HttpHeaders.ORIGIN) + "."));
        } else {
            context.next();
        }
    }

    private static void refuseLargeRequests(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean small = length == null || (length.length() < 9 && Integer.parseInt(length) <= LONGEST_REQUEST_BYTES);
        boolean chunked = context.request().headers().contains(HttpHeaders.TRANSFER_ENCODING);
        if (small && !chunked) {
            context.next();
        } else {
            context.fail(new HttpFailure(413, "Nobody has anything to say here that is so long."));
        }
    }
}
