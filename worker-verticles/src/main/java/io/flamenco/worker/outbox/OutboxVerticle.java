package io.flamenco.worker.outbox;

import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.time.Timers;
import io.flamenco.worker.bus.WorkerAddresses;
import io.flamenco.worker.bus.WorkerMessages;
import io.flamenco.worker.domain.BackOff;
import io.flamenco.worker.manager.ManagerAnswer;
import io.flamenco.worker.manager.ManagerClient;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the updates in the outbox to the Manager, oldest first. */
public final class OutboxVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxVerticle.class);
    private static final BackOff BACK_OFF = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(60));
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final String MANAGER = "manager";
    private static final int BATCH = 100;

    /** Rounds come to an end now and then, so that no chain of futures grows with the outbox. */
    private static final int BATCHES = 10;

    private static final long LAST_FLUSH_SECONDS = 15;

    private final FarmBus bus;
    private final WorkerAddresses addresses;
    private final Timers timers;
    private final Clock clock;
    private final ManagerClient manager;
    private final OutboxFile file;
    private final Pauses<String> silence = new Pauses<>(BACK_OFF);
    private final Pauses<TaskId> refusals = new Pauses<>(BACK_OFF);
    private Timers.@Nullable Timer delivery;
    private Future<Void> underWay = Future.succeededFuture();

    public OutboxVerticle(
            FarmBus bus,
            WorkerAddresses addresses,
            Timers timers,
            Clock clock,
            ManagerClient manager,
            OutboxFile file) {
        this.bus = bus;
        this.addresses = addresses;
        this.timers = timers;
        this.clock = clock;
        this.manager = manager;
        this.file = file;
    }

    @Override
    public Future<?> start() {
        delivery = timers.every("outbox", Duration.ZERO, LOOK_EVERY, this::deliver);
        bus.hear(addresses.outboxGrew(), grew -> kick());
        bus.answer(addresses.flushOutbox(), this::flush);
        return Future.succeededFuture();
    }

    /** What cannot be sent now stays in the file. */
    @Override
    public Future<?> stop() {
        if (delivery != null) {
            delivery.cancel();
        }
        return flush(new WorkerMessages.FlushOutbox())
                .timeout(LAST_FLUSH_SECONDS, TimeUnit.SECONDS)
                .otherwise(Done.DONE)
                .onSuccess(done -> LOG.info("The outbox rests. waiting={}", file.size()));
    }

    private void kick() {
        if (delivery != null) {
            delivery.kick();
        }
    }

    private Future<Done> flush(WorkerMessages.FlushOutbox order) {
        return underWay.transform(before -> {
                    silence.forget();
                    return deliver();
                })
                .map(Done.DONE);
    }

    private Future<Void> deliver() {
        if (underWay.isComplete()) {
            underWay = deliver(BATCHES);
        }
        return underWay;
    }

    private Future<Void> deliver(int batches) {
        Instant now = clock.instant();
        boolean unknown = manager.credentials().isEmpty();
        if (batches == 0 || file.size() == 0 || unknown || silence.lastsFor(MANAGER, now)) {
            return Future.succeededFuture();
        }
        Set<TaskId> waiting = refusals.lasting(now);
        return vertx.executeBlocking(() -> file.oldest(BATCH, waiting))
                .compose(batch -> new Delivery(batch.iterator()).run())
                .compose(sent -> sent == BATCH ? deliver(batches - 1) : Future.succeededFuture())
                .onSuccess(ended -> kickWhenMoreWaits(batches));
    }

    private void kickWhenMoreWaits(int batchesLeft) {
        if (batchesLeft == 1) {
            kick();
        }
    }

    /** One run over a batch; it ends early when nobody answers. */
    private final class Delivery {

        private static final int FORGET_AFTER = 10;

        private final Iterator<OutboxEntry> entries;
        private final List<OutboxEntry> delivered = new ArrayList<>();
        private int seen;

        Delivery(Iterator<OutboxEntry> entries) {
            this.entries = entries;
        }

        /** How many entries were gone through. */
        Future<Integer> run() {
            return next().compose(ended -> forgetDelivered()).map(forgotten -> seen);
        }

        private Future<Void> next() {
            if (!entries.hasNext()) {
                return Future.succeededFuture();
            }
            OutboxEntry entry = entries.next();
            seen++;
            if (refusals.lastsFor(entry.task(), clock.instant())) {
                return next();
            }
            return manager.update(entry.task(), entry.key(), entry.body())
                    .transform(answer ->
                            answer.succeeded() ? onAnswer(entry, answer.result()) : onSilence(answer.cause()));
        }

        private Future<Void> onAnswer(OutboxEntry entry, ManagerAnswer answer) {
            silence.forget();
            switch (answer.status()) {
                case 404, 409 -> {
                    LOG.info(
                            "The Manager will never take an update, so it is dropped. task={} status={} answer={}",
                            entry.task(),
                            answer.status(),
                            answer.text());
                    delivered.add(entry);
                }
                default -> {
                    if (answer.granted()) {
                        refusals.end(entry.task());
                        delivered.add(entry);
                    } else {
                        onRefusal(entry, answer);
                    }
                }
            }
            return delivered.size() < FORGET_AFTER ? next() : forgetDelivered().compose(forgotten -> next());
        }

        private void onRefusal(OutboxEntry entry, ManagerAnswer answer) {
            Duration pause = refusals.begin(entry.task(), clock.instant());
            LOG.warn(
                    "The Manager refused an update, which will be sent again. task={} status={} answer={} pause={}",
                    entry.task(),
                    answer.status(),
                    answer.text(),
                    pause);
            if (answer.status() == 401) {
                bus.tell(addresses.credentialsRefused(), new WorkerMessages.CredentialsRefused());
            }
        }

        private Future<Void> onSilence(Throwable cause) {
            seen = 0;
            Duration pause = silence.begin(MANAGER, clock.instant());
            LOG.warn(
                    "The Manager does not answer; updates wait in the outbox. waiting={} pause={} reason={}",
                    file.size(),
                    pause,
                    cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
            return Future.succeededFuture();
        }

        private Future<Void> forgetDelivered() {
            List<OutboxEntry> done = List.copyOf(delivered);
            delivered.clear();
            return done.isEmpty()
                    ? Future.succeededFuture()
                    : vertx.executeBlocking(() -> {
                                file.remove(done);
                                return done;
                            })
                            .mapEmpty();
        }
    }
}
