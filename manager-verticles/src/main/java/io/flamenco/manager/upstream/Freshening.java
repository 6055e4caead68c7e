package io.flamenco.manager.upstream;

import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.Changed;
import io.flamenco.manager.scheduler.SchedulerOrders.Fresh;
import io.flamenco.manager.scheduler.SchedulerOrders.Freshness;
import io.flamenco.manager.scheduler.SchedulerOrders.Gone;
import io.flamenco.manager.scheduler.SchedulerOrders.NextInLine;
import io.flamenco.manager.scheduler.SchedulerOrders.ReChecked;
import io.flamenco.manager.scheduler.SchedulerOrders.TaskInLine;
import io.flamenco.shared.bus.FarmBus;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the tasks that will be handed out next with the Server's copies, ahead of need, so that no Worker waits for the
 * Server. What this may cost is limited: so many tasks a round, and none for a while when the Server does not answer.
 */
final class Freshening {

    private static final Logger LOG = LoggerFactory.getLogger(Freshening.class);
    private static final int TASKS_PER_ROUND = 16;
    private static final Duration FRESH_FOR = Duration.ofSeconds(30);

    private final FarmBus bus;
    private final Clock clock;
    private final ServerClient server;
    private Backoff backoff = Backoff.between(Duration.ofSeconds(2), Duration.ofMinutes(1));
    private Instant notBefore = Instant.MIN;

    Freshening(FarmBus bus, Clock clock, ServerClient server) {
        this.bus = bus;
        this.clock = clock;
        this.server = server;
    }

    /** Compares as many tasks as one round may. */
    Future<?> round() {
        Instant now = clock.instant();
        if (now.isBefore(notBefore)) {
            return Future.succeededFuture();
        }
        return bus.ask(SchedulerOrders.NEXT_IN_LINE, new NextInLine(TASKS_PER_ROUND, now.minus(FRESH_FOR)))
                .compose(line ->
                        Future.join(line.tasks().stream().map(this::compare).toList()))
                .onSuccess(ended -> onRound(ended.list()));
    }

    private Future<Recheck> compare(TaskInLine task) {
        Instant askedAt = clock.instant();
        return server.recheck(task.taskId(), task.etag())
                .compose(found -> bus.ask(
                                SchedulerOrders.RE_CHECKED, new ReChecked(task.taskId(), askedAt, freshness(found)))
                        .map(found));
    }

    private void onRound(List<Recheck> found) {
        Optional<Recheck.Unknown> unknown = found.stream()
                .filter(Recheck.Unknown.class::isInstance)
                .map(Recheck.Unknown.class::cast)
                .findFirst();
        backoff = unknown.isPresent() ? backoff.afterFailure() : backoff.afterSuccess();
        notBefore = clock.instant().plus(backoff.pause(0));
        unknown.ifPresent(answer -> LOG.warn(
                "Tasks could not be compared with the Server's. next_try={} reason={}", notBefore, answer.why()));
    }

    private static Freshness freshness(Recheck found) {
        return switch (found) {
            case Recheck.Unchanged unchanged -> new Fresh();
            case Recheck.Unknown unknown -> new Fresh();
            case Recheck.Gone gone -> new Gone();
            case Recheck.Changed changed -> new Changed(changed.task());
        };
    }
}
