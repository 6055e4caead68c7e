package io.flamenco.manager.shaman;

import io.flamenco.manager.shaman.blocking.BlockingCall;
import io.flamenco.manager.shaman.blocking.GarbageCollector.Report;
import io.flamenco.manager.shaman.blocking.Shaman;
import io.flamenco.shared.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the file store tidy: removes forgotten files, and what broken uploads left behind. */
public final class ShamanVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(ShamanVerticle.class);
    private static final Duration EACH_MINUTE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);

    /** Nobody takes so long between two pieces of a file; the connection would have been closed. */
    private static final Duration DEAD_UPLOAD = Duration.ofHours(1);

    private final Shaman shaman;
    private final ShamanMetrics metrics;
    private final Timers timers;
    private final Clock clock;
    private final Duration collectPeriod;
    private @Nullable BlockingCall<?> underWay;
    private boolean stopping;

    /**
     * @param shaman is closed when the verticle stops
     * @param collectPeriod between two removals of forgotten files; zero for none
     */
    public ShamanVerticle(Shaman shaman, ShamanMetrics metrics, Timers timers, Clock clock, Duration collectPeriod) {
        this.shaman = shaman;
        this.metrics = metrics;
        this.timers = timers;
        this.clock = clock;
        this.collectPeriod = collectPeriod;
    }

    /** No upload of this process has begun yet, so all that are on the disk are dead. */
    @Override
    public Future<?> start() {
        timers.every("shaman-leftovers", BETWEEN_SWEEPS, BETWEEN_SWEEPS, () -> forgetUploads(DEAD_UPLOAD));
        timers.every("shaman-live", EACH_MINUTE, EACH_MINUTE, this::sayHowMany);
        if (collectPeriod.isZero()) {
            LOG.warn("Forgotten files of the file store are never removed: shaman.garbageCollect.period is 0.");
        } else {
            timers.every("shaman-collect", Duration.ZERO, collectPeriod, this::collect);
        }
        return forgetUploads(Duration.ofSeconds(-1));
    }

    @Override
    public Future<?> stop() {
        stopping = true;
        BlockingCall<?> running = underWay;
        if (running != null) {
            running.interrupt();
        }
        Future<?> ended = running == null ? Future.succeededFuture() : running.outcome();
        return ended.transform(
                any -> BlockingCall.begin(vertx, "shaman-close", closing()).outcome());
    }

    private Callable<Boolean> closing() {
        return () -> {
            shaman.close();
            return true;
        };
    }

    private Future<?> collect() {
        if (stopping) {
            return Future.succeededFuture();
        }
        BlockingCall<Report> run = BlockingCall.begin(
                vertx, "shaman-collect", () -> shaman.collector().run(false));
        underWay = run;
        return run.outcome()
                .onSuccess(report -> {
                    metrics.collected(report);
                    LOG.info("Forgotten files were removed from the file store. {}", report);
                })
                .recover(failure -> {
                    LOG.warn("Forgotten files were not removed: {}", failure.toString());
                    return Future.succeededFuture();
                })
                .onComplete(ended -> underWay = null);
    }

    private Future<?> forgetUploads(Duration age) {
        return BlockingCall.begin(
                        vertx,
                        "shaman-leftovers",
                        () -> shaman.store()
                                .forgetUploadsOlderThan(clock.instant().minus(age)))
                .outcome()
                .onSuccess(count -> {
                    if (count > 0) {
                        LOG.info("What broken uploads left behind was removed. files={}", count);
                    }
                });
    }

    private Future<?> sayHowMany() {
        LOG.debug("Files are being received. uploads={}", shaman.live().count());
        return Future.succeededFuture();
    }
}
