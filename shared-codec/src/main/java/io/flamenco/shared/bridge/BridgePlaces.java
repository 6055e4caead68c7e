package io.flamenco.shared.bridge;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many connections to the bus there may be: in all, from one address, of one person. Safe for several event loops. */
public final class BridgePlaces {

    private static final int MOST = 10_000;

    private final int mostPerAddress;
    private final int mostPerPerson;
    private final AtomicInteger taken = new AtomicInteger();
    private final Map<String, Integer> addresses = new ConcurrentHashMap<>();
    private final Map<String, Integer> people = new ConcurrentHashMap<>();

    /** As the settings say. */
    public BridgePlaces(BridgeSettings settings) {
        this.mostPerAddress = settings.connectionsPerAddress();
        this.mostPerPerson = settings.connectionsPerPerson();
    }

    /** Takes a place for an address; false when there is none left. */
    boolean enter(String address) {
        if (taken.incrementAndGet() <= MOST && take(addresses, address, mostPerAddress)) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    /** Gives the place back. */
    void leave(String address) {
        taken.decrementAndGet();
        giveBack(addresses, address);
    }

    /** Takes a place for a person; false when there is none left. Strangers count by their address only. */
    boolean seat(BridgeGuest guest) {
        return guest.isStranger() || take(people, guest.id(), mostPerPerson);
    }

    /** Gives the place back. */
    void unseat(BridgeGuest guest) {
        if (!guest.isStranger()) {
            giveBack(people, guest.id());
        }
    }

    private static boolean take(Map<String, Integer> counts, String key, int most) {
        if (counts.merge(key, 1, Integer::sum) <= most) {
            return true;
        }
        giveBack(counts, key);
        return false;
    }

    private static void giveBack(Map<String, Integer> counts, String key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }
}
