package io.flamenco.manager.upstream;

import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.BatchAnswered;
import io.flamenco.manager.scheduler.SchedulerOrders.CancelTasks;
import io.flamenco.manager.scheduler.SchedulerOrders.OutboxSize;
import io.flamenco.manager.scheduler.SchedulerOrders.TakeBatch;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.UpdateId;
import io.flamenco.shared.time.Timers;
import io.flamenco.shared.wire.PushResponse;
import io.flamenco.shared.wire.TaskUpdate;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the outbox of the scheduler towards the Server, and passes on what the Server answers: tasks to cancel, logs to
 * send.
 *
 * <p>A batch is taken from the outbox, sent, and named to the scheduler as handled; only then does the scheduler forget it.
 * Whatever goes wrong in between means that the same updates are sent again, which the Server knows by their ids.
 */
public final class UpstreamPusherVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamPusherVerticle.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration STORE_WITHIN = Duration.ofMinutes(2);

    /** Answers that may mean that one update of the batch is what the Server cannot stand. */
    private static final Set<Integer> BATCH_REFUSED = Set.of(400, 413, 422);

    private final FarmBus bus;
    private final Timers timers;
    private final Clock clock;
    private final RandomGenerator random;
    private final PushTiming timing;
    private final ServerClient server;
    private final LogUploads uploads;
    private Backoff backoff = Backoff.between(LOOK, LONGEST_PAUSE);
    private Instant notBefore = Instant.MIN;
    private @Nullable Instant lastPush;
    private String trouble = "";
    private boolean kicked;
    private int batchSize;

    /**
     * @param server is closed with this verticle
     */
    public UpstreamPusherVerticle(
            FarmBus bus,
            Timers timers,
            Clock clock,
            RandomGenerator random,
            PushTiming timing,
            ServerClient server,
            LogUploads uploads) {
        this.bus = bus;
        this.timers = timers;
        this.clock = clock;
        this.random = random;
        this.timing = timing;
        this.server = server;
        this.uploads = uploads;
        this.batchSize = timing.mostUpdates();
    }

    @Override
    public Future<?> start() {
        Timers.Timer pushing = timers.every("push task updates", Duration.ZERO, LOOK, this::look);
        bus.answer(UpstreamOrders.PUSH_UPDATES, order -> onKick(pushing));
        bus.answer(
                UpstreamOrders.PUSH_STATE,
                order -> Future.succeededFuture(new UpstreamOrders.Pushed(lastPush, trouble)));
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return server.close();
    }

    private Future<Done> onKick(Timers.Timer pushing) {
        kicked = true;
        pushing.kick();
        return Future.succeededFuture(Done.DONE);
    }

    private Future<?> look() {
        if (!kicked && clock.instant().isBefore(notBefore)) {
            return Future.succeededFuture();
        }
        return bus.ask(SchedulerOrders.OUTBOX_SIZE, new OutboxSize())
                .compose(outbox -> timing.due(kicked, outbox.waiting(), sinceLastPush())
                        ? push().onFailure(this::onFailure).otherwiseEmpty()
                        : Future.succeededFuture());
    }

    private Duration sinceLastPush() {
        return lastPush == null ? Duration.ofDays(1) : Duration.between(lastPush, clock.instant());
    }

    private Future<?> push() {
        kicked = false;
        return bus.ask(SchedulerOrders.TAKE_BATCH, new TakeBatch(batchSize)).compose(batch -> send(batch.updates()));
    }

    private Future<?> send(List<TaskUpdate> updates) {
        return server.push(updates)
                .compose(
                        response -> onPushed(updates, response),
                        failure -> onRefused(updates, failure).compose(noted -> Future.failedFuture(failure)));
    }

    private Future<?> onPushed(List<TaskUpdate> sent, PushResponse response) {
        Future<?> noted = sent.isEmpty() ? Future.succeededFuture() : answered(sent, response.handledUpdateIds());
        return noted.compose(stored -> cancel(response))
                .onSuccess(cancelled -> uploads.want(response.uploadTaskFileQueue()))
                .compose(cancelled -> onSuccess(sent, response));
    }

    private Future<?> cancel(PushResponse response) {
        return response.cancelTaskIds().isEmpty()
                ? Future.succeededFuture()
                : bus.ask(SchedulerOrders.CANCEL_TASKS, new CancelTasks(response.cancelTaskIds()), STORE_WITHIN);
    }

    /** A full batch means that more may wait: it goes on at once, unless nothing of it was handled. */
    private Future<?> onSuccess(List<TaskUpdate> sent, PushResponse response) {
        if (!trouble.isEmpty()) {
            LOG.info("Task updates reach the Server again.");
        }
        LOG.debug("Task updates were pushed. sent={} handled={}", sent.size(), response.handledUpdateIds());
        boolean full = sent.size() == batchSize && !response.handledUpdateIds().isEmpty();
        lastPush = clock.instant();
        trouble = "";
        backoff = backoff.afterSuccess();
        notBefore = Instant.MIN;
        batchSize = Math.min(timing.mostUpdates(), batchSize * 2);
        return full ? push() : Future.succeededFuture();
    }

    private void onFailure(Throwable failure) {
        backoff = backoff.afterFailure();
        Duration pause = backoff.pause(random.nextDouble());
        notBefore = clock.instant().plus(pause);
        trouble = String.valueOf(failure.getMessage());
        LOG.warn("Task updates wait for the Server. next_try_in={} reason={}", pause, trouble);
    }

    /** Halves the batch until what the Server cannot stand is alone, so that the scheduler can set it aside. */
    private Future<?> onRefused(List<TaskUpdate> sent, Throwable failure) {
        if (!(failure instanceof HttpFailure refusal) || !BATCH_REFUSED.contains(refusal.status()) || sent.isEmpty()) {
            return Future.succeededFuture();
        }
        if (sent.size() > 1) {
            batchSize = Math.max(1, sent.size() / 2);
            return Future.succeededFuture();
        }
        return answered(sent, List.of());
    }

    private Future<?> answered(List<TaskUpdate> sent, List<UpdateId> handled) {
        List<UpdateId> ids = sent.stream().map(TaskUpdate::id).toList();
        return bus.ask(SchedulerOrders.BATCH_ANSWERED, new BatchAnswered(ids, handled), STORE_WITHIN);
    }
}
