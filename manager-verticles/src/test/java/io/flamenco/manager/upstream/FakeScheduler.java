package io.flamenco.manager.upstream;

import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.Batch;
import io.flamenco.manager.scheduler.SchedulerOrders.BatchAnswered;
import io.flamenco.manager.scheduler.SchedulerOrders.MergeDownloaded;
import io.flamenco.manager.scheduler.SchedulerOrders.Merged;
import io.flamenco.manager.scheduler.SchedulerOrders.Outbox;
import io.flamenco.manager.scheduler.SchedulerOrders.ReChecked;
import io.flamenco.manager.scheduler.SchedulerOrders.TaskInLine;
import io.flamenco.manager.scheduler.SchedulerOrders.TasksInLine;
import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.manager.workers.WorkerOrders.WorkerList;
import io.flamenco.manager.workers.WorkerOrders.WorkerView;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UpdateId;
import io.flamenco.shared.wire.TaskUpdate;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers on the bus in the scheduler's place and remembers what it was told. */
final class FakeScheduler {

    final List<TaskUpdate> outbox = new CopyOnWriteArrayList<>();
    final List<UpdateId> refused = new CopyOnWriteArrayList<>();
    final List<TaskId> cancelled = new CopyOnWriteArrayList<>();
    final List<WireTask> merged = new CopyOnWriteArrayList<>();
    final List<TaskInLine> line = new CopyOnWriteArrayList<>();
    final List<ReChecked> compared = new CopyOnWriteArrayList<>();
    final List<WorkerView> workers = new CopyOnWriteArrayList<>();

    FakeScheduler(FarmBus bus) {
        bus.answer(SchedulerOrders.OUTBOX_SIZE, order -> Future.succeededFuture(new Outbox(outbox.size(), 0)));
        bus.answer(
                SchedulerOrders.TAKE_BATCH,
                order -> Future.succeededFuture(
                        new Batch(outbox.stream().limit(order.max()).toList())));
        bus.answer(SchedulerOrders.BATCH_ANSWERED, this::onBatchAnswered);
        bus.answer(SchedulerOrders.CANCEL_TASKS, order -> done(() -> cancelled.addAll(order.tasks())));
        bus.answer(SchedulerOrders.MERGE_DOWNLOADED, this::onDownloaded);
        bus.answer(
                SchedulerOrders.NEXT_IN_LINE,
                order -> Future.succeededFuture(
                        new TasksInLine(line.stream().limit(order.max()).toList())));
        bus.answer(SchedulerOrders.RE_CHECKED, order -> done(() -> compared.add(order)));
        bus.answer(WorkerOrders.LIST_WORKERS, order -> Future.succeededFuture(new WorkerList(List.copyOf(workers))));
    }

    /** Whoever sees what was refused sees that the rest is gone. */
    private Future<Done> onBatchAnswered(BatchAnswered order) {
        return done(() -> {
            outbox.removeIf(update -> order.handled().contains(update.id()));
            order.sent().stream().filter(id -> !order.handled().contains(id)).forEach(refused::add);
        });
    }

    private Future<Merged> onDownloaded(MergeDownloaded order) {
        merged.addAll(order.tasks());
        return Future.succeededFuture(new Merged(order.tasks().size(), 0));
    }

    private static Future<Done> done(Runnable change) {
        change.run();
        return Future.succeededFuture(Done.DONE);
    }
}
