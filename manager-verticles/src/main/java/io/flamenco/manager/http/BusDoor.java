package io.flamenco.manager.http;

import io.flamenco.manager.http.People.Known;
import io.flamenco.manager.http.People.Sender;
import io.flamenco.manager.login.Person;
import io.flamenco.shared.bridge.BridgeDoor;
import io.flamenco.shared.bridge.BridgeGuest;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Knows people on the bus by what they show over REST. */
public final class BusDoor implements BridgeDoor {

    private final People people;

    public BusDoor(People people) {
        this.people = people;
    }

    @Override
    public Future<Optional<BridgeGuest>> opener(RoutingContext opening) {
        return Future.succeededFuture(guest(people.sender(opening.request())));
    }

    @Override
    public Future<Optional<BridgeGuest>> holder(String token) {
        return Future.succeededFuture(guest(people.holder(token)));
    }

    private static Optional<BridgeGuest> guest(Sender sender) {
        return sender instanceof Known(Person person, boolean byCookie)
                ? Optional.of(new BridgeGuest(
                        person.equals(Person.ANYBODY) ? "" : person.id(),
                        person.name(),
                        person.role(),
                        byCookie ? "session" : "token"))
                : Optional.empty();
    }
}
