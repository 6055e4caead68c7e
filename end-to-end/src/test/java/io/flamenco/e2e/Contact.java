package io.flamenco.e2e;

import com.microsoft.playwright.Page;

/** The network between a browser and the farm, for tests that cut it. */
final class Contact {

    private static final String KEEP_SOCKETS = """
            globalThis.sockets = [];
            globalThis.WebSocket = class extends WebSocket {
              constructor(...parameters) {
                super(...parameters);
                globalThis.sockets.push(this);
              }
            };""";

    private Contact() {}

    /** Has the pages that are opened next keep what {@link #cut} needs: a browser that goes offline leaves open sockets alone. */
    static void watch(Page page) {
        page.addInitScript(KEEP_SOCKETS);
    }

    static void cut(Page page) {
        page.context().setOffline(true);
        page.evaluate("sockets.forEach((socket) => socket.close())");
    }

    static void restore(Page page) {
        page.context().setOffline(false);
    }
}
