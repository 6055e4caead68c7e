package io.flamenco.worker.outbox;

import io.flamenco.worker.domain.BackOff;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** Who is left alone until when, for longer after each failure in a row. Lives on one event loop. */
final class Pauses<K> {

    private final BackOff backOff;
    private final Map<K, Pause> pauses = new HashMap<>();

    private record Pause(int failures, Instant until) {}

    Pauses(BackOff backOff) {
        this.backOff = backOff;
    }

    /** Another failure; tells for how long to pause. */
    Duration begin(K who, Instant now) {
        Pause before = pauses.get(who);
        int failures = before == null ? 1 : before.failures() + 1;
        Duration pause = backOff.pause(failures, ThreadLocalRandom.current().nextDouble());
        pauses.put(who, new Pause(failures, now.plus(pause)));
        return pause;
    }

    /** It went well. */
    void end(K who) {
        pauses.remove(who);
    }

    boolean lastsFor(K who, Instant now) {
        Pause pause = pauses.get(who);
        return pause != null && now.isBefore(pause.until());
    }

    /** All who are left alone now. */
    Set<K> lasting(Instant now) {
        return pauses.keySet().stream().filter(who -> lastsFor(who, now)).collect(Collectors.toSet());
    }

    void forget() {
        pauses.clear();
    }
}
