package io.flamenco.server.http;

import io.flamenco.server.http.Caller.Means;
import io.flamenco.server.http.ServerHttpVerticle.Own;
import io.flamenco.server.http.ServerHttpVerticle.Stores;
import io.flamenco.shared.bridge.BridgeDoor;
import io.flamenco.shared.bridge.BridgeGuest;
import io.flamenco.shared.bridge.BridgeTable;
import io.flamenco.shared.bridge.BridgeTerms;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Optional;

/** On which terms people and tools use the Server's bus: those of {@code /api/v1}. */
public final class BusTerms {

    private BusTerms() {}

    /** The terms for one event loop. */
    public static BridgeTerms of(Vertx vertx, Stores stores, Own own, Clock clock) {
        Ownership ownership = new Ownership(stores.jobs(), stores.tasks());
        Access access = new Access(stores.people(), own, ownership, clock);
        return new BridgeTerms(
                BridgeTable.SERVER,
                new Door(access, own.publicRead()),
                new BusOrders(stores, ownership, new FarmBus(vertx), clock),
                own.busPlaces(),
                clock,
                new VertxTimers(vertx));
    }

    /** Who a guest of the bus is among the callers of REST. */
    static Caller caller(BridgeGuest guest) {
        return new Caller(new UserId(guest.id()), guest.name(), guest.role(), Means.valueOf(guest.means()), false);
    }

    private record Door(Access access, boolean publicRead) implements BridgeDoor {

        @Override
        public Future<Optional<BridgeGuest>> opener(RoutingContext opening) {
            return access.callerNow(opening)
                    .map(found -> found.isEmpty() && publicRead && showsNothing(opening)
                            ? Optional.of(BridgeGuest.STRANGER)
                            : found.flatMap(Door::guest));
        }

        @Override
        public Future<Optional<BridgeGuest>> holder(String token) {
            return access.byToken(token).map(found -> found.flatMap(Door::guest));
        }

        private static boolean showsNothing(RoutingContext opening) {
            return opening.request().getHeader("Authorization") == null;
        }

        /** One who must change their password does that first. */
        private static Optional<BridgeGuest> guest(Caller caller) {
            return caller.held()
                    ? Optional.empty()
                    : Optional.of(new BridgeGuest(
                            caller.user().hex(),
                            caller.name(),
                            caller.role(),
                            caller.means().name()));
        }
    }
}
