package io.flamenco.manager.upstream;

import io.flamenco.manager.scheduler.SchedulerFacts;
import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.MergeDownloaded;
import io.flamenco.manager.store.DownloadCursor;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Downloads tasks from the Server, and keeps those that will be handed out next as fresh as the Server's copies.
 *
 * <p>The cursor of a download is stored only after all of its tasks are in the database, so that a download that breaks off,
 * or a Manager that ends in the middle of one, loses nothing.
 */
public final class UpstreamFetcherVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamFetcherVerticle.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration MERGE_WITHIN = Duration.ofMinutes(5);

    private final FarmBus bus;
    private final Timers timers;
    private final Clock clock;
    private final RandomGenerator random;
    private final DownloadTiming timing;
    private final ServerClient server;
    private final DownloadCursor cursor;
    private final Freshening freshening;
    private Backoff backoff;
    private Instant due = Instant.MIN;
    private @Nullable Instant lastIdleKick;

    /**
     * @param server is closed with this verticle
     */
    public UpstreamFetcherVerticle(
            FarmBus bus,
            Timers timers,
            Clock clock,
            RandomGenerator random,
            DownloadTiming timing,
            ServerClient server,
            DownloadCursor cursor) {
        this.bus = bus;
        this.timers = timers;
        this.clock = clock;
        this.random = random;
        this.timing = timing;
        this.server = server;
        this.cursor = cursor;
        this.freshening = new Freshening(bus, clock, server);
        this.backoff = Backoff.between(FIRST_PAUSE, timing.period());
    }

    @Override
    public Future<?> start() {
        Timers.Timer downloading = timers.every("download tasks", Duration.ZERO, LOOK, this::look);
        timers.every("compare tasks next in line", LOOK, LOOK, freshening::round);
        bus.answer(UpstreamOrders.FETCH_TASKS, order -> kick(downloading));
        bus.hear(SchedulerFacts.NOTHING_LEFT, fact -> onNothingLeft(downloading));
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return server.close();
    }

    private Future<Done> kick(Timers.Timer downloading) {
        due = Instant.MIN;
        downloading.kick();
        return Future.succeededFuture(Done.DONE);
    }

    private void onNothingLeft(Timers.Timer downloading) {
        Instant now = clock.instant();
        if (timing.kickedByIdleWorker(lastIdleKick, now) && backoff.failures() == 0) {
            lastIdleKick = now;
            kick(downloading);
        }
    }

    private Future<?> look() {
        Instant now = clock.instant();
        if (now.isBefore(due)) {
            return Future.succeededFuture();
        }
        due = Instant.MAX;
        return download(now).onComplete(this::onDownloaded, this::onFailed).otherwiseEmpty();
    }

    private Future<DepsgraphDownload.Result> download(Instant askedAt) {
        return cursor.read()
                .compose(since -> server.download(
                        since,
                        tasks -> bus.ask(
                                SchedulerOrders.MERGE_DOWNLOADED, new MergeDownloaded(tasks, askedAt), MERGE_WITHIN)))
                .compose(result -> result.cursor()
                        .map(cursor::store)
                        .orElseGet(Future::succeededFuture)
                        .map(result));
    }

    private void onDownloaded(DepsgraphDownload.Result result) {
        backoff = backoff.afterSuccess();
        next(timing.period());
        if (result.tasks() > 0) {
            LOG.info("Tasks were downloaded. tasks={}", result.tasks());
        }
    }

    private void onFailed(Throwable failure) {
        backoff = backoff.afterFailure();
        Duration pause = backoff.pause(random.nextDouble());
        next(pause);
        LOG.warn("Tasks could not be downloaded. next_try_in={} reason={}", pause, failure.getMessage());
    }

    /** An order that came during the download stands. */
    private void next(Duration pause) {
        if (due.equals(Instant.MAX)) {
            due = clock.instant().plus(pause);
        }
    }
}
