package io.flamenco.server.accounts;

import io.flamenco.server.store.Users.User;
import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.ServerFacts;
import java.time.Clock;

/** Tells the bus what became of users, once it is stored; nothing of that is secret. */
final class UserFacts {

    private final FarmBus bus;
    private final Clock clock;

    UserFacts(FarmBus bus, Clock clock) {
        this.bus = bus;
        this.clock = clock;
    }

    void added(User user) {
        tell(user, ServerFacts.ADDED);
    }

    void changed(User user) {
        tell(user, ServerFacts.CHANGED);
    }

    void removed(User user) {
        tell(user, ServerFacts.REMOVED);
    }

    private void tell(User user, String change) {
        bus.tell(
                Addresses.SERVER_USER_CHANGED,
                new ServerFacts.UserChanged(
                        user.id(), user.name(), user.role().word(), user.locked(), change, clock.instant()));
    }
}
