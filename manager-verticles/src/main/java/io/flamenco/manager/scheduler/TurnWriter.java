package io.flamenco.manager.scheduler;

import io.flamenco.manager.scheduler.Changes.Turn;
import io.flamenco.manager.store.FarmChanges;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.time.Timers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what changed, turn by turn.
 *
 * <p>The first order that needs to be stored schedules a write behind everything that the event loop has in hand already;
 * all orders until then share it. While a write is under way the next turn collects. When the database fails, all who wait
 * are told so, and so is everybody who comes before it is back; the same turn is written again until it is stored: memory is
 * never behind the database, and never ahead of it for longer than that.
 */
final class TurnWriter {

    private static final Logger LOG = LoggerFactory.getLogger(TurnWriter.class);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

    private final Context context;
    private final Timers timers;
    private final Changes changes;
    private final Function<FarmChanges, Future<Void>> store;
    private final Consumer<Turn> onStored;
    private @Nullable Promise<Void> collecting;
    private @Nullable Promise<Void> underWay;
    private boolean writing;
    private long storedTurn = -1;

    /**
     * @param context of the owner; everything happens on it
     * @param store writes; may be called again with the same changes
     * @param onStored is told each turn that is stored
     */
    TurnWriter(
            Context context,
            Timers timers,
            Changes changes,
            Function<FarmChanges, Future<Void>> store,
            Consumer<Turn> onStored) {
        this.context = context;
        this.timers = timers;
        this.changes = changes;
        this.store = store;
        this.onStored = onStored;
    }

    /**
     * Succeeds when everything urgent that has changed until now is stored, also what is being written just now: an order
     * that comes again and changes nothing must not be acknowledged before the first one is safe.
     */
    Future<Void> stored() {
        if (!changes.urgent()) {
            return underWay == null ? Future.succeededFuture() : underWay.future();
        }
        if (collecting == null) {
            collecting = Promise.promise();
            if (!writing) {
                context.runOnContext(next -> write());
            }
        }
        return collecting.future();
    }

    /** Succeeds when everything that has changed until now is stored, and what was being written before it. */
    Future<Void> flush() {
        changes.hurry();
        if (!changes.urgent() && !writing) {
            return Future.succeededFuture();
        }
        if (collecting == null) {
            collecting = Promise.promise();
            if (!writing) {
                context.runOnContext(next -> write());
            }
        }
        return collecting.future();
    }

    /** The last turn that is stored. */
    long storedTurn() {
        return storedTurn;
    }

    private void write() {
        Promise<Void> waiting = collecting;
        if (writing || waiting == null) {
            return;
        }
        writing = true;
        underWay = waiting;
        collecting = null;
        write(changes.take(), waiting);
    }

    private void write(Turn turn, Promise<Void> waiting) {
        store.apply(turn.changes())
                .onComplete(done -> stored(turn, waiting), failure -> failed(turn, waiting, failure));
    }

    private void stored(Turn turn, Promise<Void> waiting) {
        storedTurn = turn.number();
        writing = false;
        underWay = null;
        onStored.accept(turn);
        waiting.tryComplete();
        write();
    }

    private void failed(Turn turn, Promise<Void> waiting, Throwable failure) {
        LOG.error("The database cannot be written to; check it. This is tried again every second.", failure);
        HttpFailure away = new HttpFailure(503, "The Manager's database is away; try again.");
        waiting.tryFail(away);
        if (collecting != null) {
            collecting.tryFail(away);
        }
        timers.once("write again", AGAIN_AFTER, () -> write(turn, waiting));
    }
}
