package io.flamenco.manager.http;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer that many browsers ask for at once: it is put together once and given to all who ask within a moment, so that
 * viewers cost the scheduler and the database the same however many there are. One event loop only.
 */
final class Shared<T> {

    private final Clock clock;
    private final Duration moment;
    private final Supplier<Future<T>> source;
    private @Nullable Future<T> answer;
    private Instant until = Instant.MIN;

    Shared(Clock clock, Duration moment, Supplier<Future<T>> source) {
        this.clock = clock;
        this.moment = moment;
        this.source = source;
    }

    /** The answer, at most a moment old; a failure is given only to those who waited for it. */
    Future<T> current() {
        Future<T> last = answer;
        boolean usable = last != null && !last.failed();
        if (last != null && usable && (!last.isComplete() || clock.instant().isBefore(until))) {
            return last;
        }
        Future<T> fresh =
                source.get().onComplete(done -> until = clock.instant().plus(moment));
        answer = fresh;
        return fresh;
    }
}
