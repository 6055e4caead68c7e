package io.flamenco.manager.scheduler;

import io.flamenco.manager.store.FarmStore;
import io.flamenco.manager.tasklog.TaskLogOrders;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What any order may bring about beside its answer: work for those who wait, lines for logs, documents to fetch. */
final class Errands {

    private static final Logger LOG = LoggerFactory.getLogger(Errands.class);

    private final FarmBus bus;
    private final FarmStore store;
    private final Clock clock;
    private final Announcements announcements;
    private final TurnWriter writer;
    private final Dispatch dispatch;
    private final Changes changes;

    Errands(
            FarmBus bus,
            FarmStore store,
            Clock clock,
            Announcements announcements,
            TurnWriter writer,
            Decisions decisions) {
        this.bus = bus;
        this.store = store;
        this.clock = clock;
        this.announcements = announcements;
        this.writer = writer;
        this.dispatch = decisions.dispatch;
        this.changes = decisions.farm.changes;
    }

    /** Runs those that the last order brought about. */
    void run() {
        dispatch.serveWaiting(clock.instant());
        fetch(dispatch.takeWanted());
        log();
        if (dispatch.takeNothingLeft()) {
            announcements.nothingLeft();
        }
    }

    /** Has the lines written that are for logs; succeeds in the end, though a log that could not be written is complained of. */
    Future<Void> log() {
        Future<Void> logged = Future.succeededFuture();
        for (TaskLogOrders order : changes.takeLogOrders()) {
            Future<Done> done = order(order);
            logged = logged.compose(before -> done.transform(outcome -> {
                if (outcome.failed()) {
                    LOG.warn(
                            "A task's log could not be written. order={}",
                            order.getClass().getSimpleName(),
                            outcome.cause());
                }
                return Future.succeededFuture();
            }));
        }
        return logged;
    }

    private Future<Done> order(TaskLogOrders order) {
        return switch (order) {
            case TaskLogOrders.AppendLog append -> bus.ask(TaskLogOrders.APPEND_LOG, append);
            case TaskLogOrders.RotateLog rotate -> bus.ask(TaskLogOrders.ROTATE_LOG, rotate);
        };
    }

    /** A task that has just come may not be in the database yet, so what is under way is stored first. */
    private void fetch(List<TaskId> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        Future<List<WireTask>> found = writer.stored().compose(stored -> store.tasks(wanted));
        found.onComplete(
                documents -> {
                    dispatch.fetched(wanted, documents, clock.instant());
                    run();
                },
                failure -> {
                    LOG.warn("Tasks could not be fetched from the database; workers have to come again.", failure);
                    dispatch.notFetched();
                    run();
                });
    }
}
