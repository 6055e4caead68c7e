package io.flamenco.manager.upstream;

import io.flamenco.manager.scheduler.SchedulerFacts;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.time.Timers;
import io.flamenco.shared.wire.Notification;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the Server that this Manager started, and whenever the task types that its Workers support have changed. Each is
 * repeated until the Server has taken it; what is told is how things are at that moment.
 */
public final class UpstreamNotifierVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamNotifierVerticle.class);
    private static final Duration AFTER_START = Duration.ofMillis(100);
    private static final Duration STARTED_AGAIN = Duration.ofSeconds(30);
    private static final Duration CHANGED_AGAIN = Duration.ofSeconds(10);

    private final FarmBus bus;
    private final Timers timers;
    private final ManagerPortrait portrait;
    private final ServerClient server;
    private boolean changeToTell;
    private boolean telling;

    /**
     * @param server is closed with this verticle
     */
    public UpstreamNotifierVerticle(FarmBus bus, Timers timers, ManagerPortrait portrait, ServerClient server) {
        this.bus = bus;
        this.timers = timers;
        this.portrait = portrait;
        this.server = server;
    }

    @Override
    public Future<?> start() {
        timers.once("tell that the Manager started", AFTER_START, this::tellStarted);
        bus.hear(SchedulerFacts.TASK_TYPES_CHANGED, fact -> onTaskTypesChanged());
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return server.close();
    }

    private void tellStarted() {
        tell(server::tellStarted)
                .onSuccess(told -> LOG.info("The Server knows that this Manager started."))
                .onFailure(failure -> again("start", STARTED_AGAIN, failure, this::tellStarted));
    }

    private void onTaskTypesChanged() {
        changeToTell = true;
        if (!telling) {
            tellChange();
        }
    }

    /** What changes while the Server is being told is told right after, or with the next try. */
    private void tellChange() {
        telling = true;
        changeToTell = false;
        tell(server::tellChanged)
                .onSuccess(told -> onChangeTold())
                .onFailure(failure -> again("task types", CHANGED_AGAIN, failure, this::tellChange));
    }

    private void onChangeTold() {
        telling = false;
        if (changeToTell) {
            tellChange();
        }
    }

    private Future<Void> tell(Function<Notification, Future<Void>> call) {
        return portrait.now().compose(call);
    }

    private void again(String what, Duration pause, Throwable failure, Runnable work) {
        LOG.warn("The Server was not told. what={} next_try_in={} reason={}", what, pause, failure.getMessage());
        timers.once("tell the Server of " + what, pause, work);
    }
}
