package io.flamenco.shared.bridge;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** How a role carries out what people send over the bus. */
@FunctionalInterface
public interface BridgeOrders {

    /**
     * Carries an order out as its twin of REST does, after the role of the sender was found to be enough.
     *
     * @param sender who sent it
     * @param from their address
     * @param address to which it was sent
     * @param order of the type that the table names for that address
     * @return what the twin answers, or an {@link io.flamenco.shared.http.HttpFailure}
     */
    Future<JsonObject> carryOut(BridgeGuest sender, String from, String address, Record order);
}
