package io.flamenco.manager.housekeeping;

import io.flamenco.manager.housekeeping.blocking.LogShelf;
import io.flamenco.manager.housekeeping.blocking.StoredLog;
import io.flamenco.manager.housekeeping.blocking.StoredLog.Shelf;
import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.FindTask;
import io.flamenco.manager.scheduler.SchedulerOrders.TaskView;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.status.TaskStatus;
import io.flamenco.shared.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes logs of tasks that are old or too many, a portion an hour, but never one of a task that is not over. */
public final class LogRetentionVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(LogRetentionVerticle.class);
    private static final Duration FIRST = Duration.ofMinutes(7);
    private static final Duration PERIOD = Duration.ofHours(1);

    /** Files that are removed in one round at most. */
    private static final int PORTION = 10_000;

    private final FarmBus bus;
    private final Clock clock;
    private final Timers timers;
    private final LogShelf shelf;
    private final LogRetention retention;

    public LogRetentionVerticle(FarmBus bus, Clock clock, Timers timers, LogShelf shelf, LogRetention retention) {
        this.bus = bus;
        this.clock = clock;
        this.timers = timers;
        this.shelf = shelf;
        this.retention = retention;
    }

    @Override
    public Future<?> start() {
        timers.every("remove old task logs", FIRST, PERIOD, this::removeOld);
        return Future.succeededFuture();
    }

    private Future<?> removeOld() {
        Instant now = clock.instant();
        return vertx.executeBlocking(() -> shelf.look(PORTION), false)
                .compose(found -> surplus(found, now, new HashSet<>(), new HashSet<>()))
                .compose(surplus -> vertx.executeBlocking(() -> shelf.remove(surplus), false))
                .onSuccess(LogRetentionVerticle::tell);
    }

    /** What goes instead of the logs of tasks that are not over may be logs of such tasks again. */
    private Future<List<StoredLog>> surplus(Shelf found, Instant now, Set<TaskId> asked, Set<TaskId> kept) {
        List<StoredLog> surplus = retention.surplus(found, now, kept);
        Set<TaskId> unknown =
                surplus.stream().map(StoredLog::task).filter(asked::add).collect(Collectors.toSet());
        return unknown.isEmpty()
                ? Future.succeededFuture(surplus)
                : notOver(unknown).compose(more -> {
                    kept.addAll(more);
                    return surplus(found, now, asked, kept);
                });
    }

    private Future<Set<TaskId>> notOver(Set<TaskId> tasks) {
        List<Future<Optional<TaskId>>> answers =
                tasks.stream().map(this::notOver).toList();
        return Future.all(answers)
                .map(all -> answers.stream()
                        .flatMap(answer -> answer.result().stream())
                        .collect(Collectors.toSet()));
    }

    private Future<Optional<TaskId>> notOver(TaskId task) {
        return bus.ask(SchedulerOrders.FIND_TASK, new FindTask(task))
                .map(found -> Optional.of(task).filter(id -> !over(found.task())));
    }

    /** A task that is not known any more was over when it was forgotten. */
    private static boolean over(@Nullable TaskView task) {
        return task == null
                || TaskStatus.parse(task.status()).filter(TaskStatus::finished).isPresent();
    }

    private static void tell(List<StoredLog> removed) {
        if (!removed.isEmpty()) {
            LOG.info(
                    "Old task logs were removed. files={} bytes={} changed_from={} changed_to={}",
                    removed.size(),
                    removed.stream().mapToLong(StoredLog::bytes).sum(),
                    removed.getFirst().changed(),
                    removed.getLast().changed());
        }
    }
}
