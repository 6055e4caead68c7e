package io.flamenco.worker.task;

import io.flamenco.shared.time.Timers;
import io.flamenco.worker.manager.ManagerClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the Manager of files that people may want to see: the first at once, then the newest every few seconds, and always
 * the last. Lives on one event loop.
 */
final class OutputAnnouncer {

    private static final Logger LOG = LoggerFactory.getLogger(OutputAnnouncer.class);
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final Timers timers;
    private final Clock clock;
    private final ManagerClient manager;
    private Instant quietUntil = Instant.EPOCH;
    private @Nullable Path newest;

    OutputAnnouncer(Timers timers, Clock clock, ManagerClient manager) {
        this.timers = timers;
        this.clock = clock;
        this.manager = manager;
    }

    void produced(Path file) {
        boolean waiting = newest != null;
        newest = file;
        if (!waiting) {
            Duration pause = Duration.between(clock.instant(), quietUntil);
            if (pause.isPositive()) {
                timers.once("output-produced", pause, this::announce);
            } else {
                announce();
            }
        }
    }

    private void announce() {
        Path file = newest;
        if (file == null) {
            return;
        }
        newest = null;
        quietUntil = clock.instant().plus(PAUSE);
        manager.outputProduced(List.of(file.toString()))
                .onSuccess(answer -> LOG.debug("Told of a file. status={} file={}", answer.status(), file))
                .onFailure(failure -> LOG.warn(
                        "The Manager could not be told of a file. file={} reason={}", file, failure.getMessage()));
    }
}
