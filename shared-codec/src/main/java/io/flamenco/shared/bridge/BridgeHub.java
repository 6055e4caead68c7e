package io.flamenco.shared.bridge;

import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.FarmBus.Listening;
import io.flamenco.shared.bus.Topic;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All connections to the bus of one event loop. It listens to an address once, however many want to hear it, and puts each fact
 * into words once.
 */
final class BridgeHub {

    private static final Duration LOOKED_AFTER_EVERY = Duration.ofSeconds(5);

    private final FarmBus bus;
    private final BridgeTerms terms;
    private final Map<String, Audience> audiences = new HashMap<>();
    private final Set<BridgeConnection> connections = new LinkedHashSet<>();

    /** Must be made on the event loop that it belongs to. */
    BridgeHub(Vertx vertx, BridgeTerms terms) {
        this.bus = new FarmBus(vertx);
        this.terms = terms;
        terms.timers().every("bus connections", LOOKED_AFTER_EVERY, LOOKED_AFTER_EVERY, this::lookAfterAll);
    }

    /** Those who hear one address. */
    private static final class Audience {

        private final Set<BridgeConnection> listeners = new LinkedHashSet<>();
        private final Listening listening;

        Audience(FarmBus bus, Topic<?> topic) {
            this.listening = bus.hear(topic, fact -> tell(topic.address(), fact));
        }

        private void tell(String address, Record fact) {
            BridgeFrame frame = BridgeFrame.fact(address, fact);
            List.copyOf(listeners).forEach(listener -> listener.tell(frame));
        }
    }

    BridgeTerms terms() {
        return terms;
    }

    /** Looks after a connection from now on. */
    void add(BridgeConnection connection) {
        connections.add(connection);
    }

    /** The connection has ended. */
    void remove(BridgeConnection connection) {
        connections.remove(connection);
    }

    /** Lets a connection hear a topic. */
    void listen(Topic<?> topic, BridgeConnection connection) {
        audiences
                .computeIfAbsent(topic.address(), address -> new Audience(bus, topic))
                .listeners
                .add(connection);
    }

    /** Lets it hear the address no more. */
    void leave(String address, BridgeConnection connection) {
        Audience audience = audiences.get(address);
        if (audience != null && audience.listeners.remove(connection) && audience.listeners.isEmpty()) {
            audiences.remove(address);
            audience.listening.stop();
        }
    }

    private Future<?> lookAfterAll() {
        List.copyOf(connections).forEach(BridgeConnection::lookAfter);
        return Future.succeededFuture();
    }
}
