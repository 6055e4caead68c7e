package io.flamenco.shared.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;

/**
 * Closes connections beyond a number that nobody needs. Belongs to one event loop. A server that also speaks HTTP/2 without
 * encryption hears of a connection only when something was sent on it; see {@link #counting}.
 */
public final class ConnectionLimit implements Handler<HttpConnection> {

    private final int most;
    private int open;

    /** @param most connections that may be open at once */
    public ConnectionLimit(int most) {
        this.most = most;
    }

    /** The options with which all connections count from their beginning. */
    public static HttpServerOptions counting(HttpServerOptions options) {
        return options.setHttp2ClearTextEnabled(false);
    }

    @Override
    public void handle(HttpConnection connection) {
        open++;
        connection.closeHandler(closed -> open--);
        if (open > most) {
            connection.close();
        }
    }
}
