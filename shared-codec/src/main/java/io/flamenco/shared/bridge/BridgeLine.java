package io.flamenco.shared.bridge;

import io.vertx.core.Future;

/** What carries the messages of one connection. */
interface BridgeLine {

    /** Sends a message; succeeds when it was handed over to the system, so not before the other side reads. */
    Future<Void> send(BridgeFrame frame);

    /** Whether a ping is answered; SockJS clients know no such answer. */
    boolean answersPings();

    /** Ends the connection; doing it again is fine. */
    void close();

    /** From where it comes. */
    String address();
}
