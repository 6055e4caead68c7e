package io.flamenco.manager.scheduler;

import io.flamenco.manager.domain.FailurePolicy;
import io.flamenco.manager.store.FarmChanges.TaskDocument;
import io.flamenco.manager.store.TaskRow;
import io.flamenco.manager.store.WorkerRow;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UpdateId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.wire.TaskUpdate;
import io.flamenco.shared.wire.WireTask;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** The decisions of the one owner without Vert.x, and a database in memory that a restart reads. */
final class Owner {

    final Farm farm;
    final Moves moves;
    final Roster roster;
    final Dispatch dispatch;
    final Reports reports;
    final ServerSide serverSide;
    final Upkeep upkeep;
    private final Map<TaskId, TaskRow> storedTasks;
    private final Map<WorkerId, WorkerRow> storedWorkers;
    private final Map<UpdateId, TaskUpdate> storedLoose;
    private final AtomicLong storedConfirmed;

    Owner(Farm farm) {
        this(farm, new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new AtomicLong());
    }

    private Owner(
            Farm farm,
            Map<TaskId, TaskRow> storedTasks,
            Map<WorkerId, WorkerRow> storedWorkers,
            Map<UpdateId, TaskUpdate> storedLoose,
            AtomicLong storedConfirmed) {
        this.farm = farm;
        Decisions decide = new Decisions(farm);
        this.moves = decide.moves;
        this.roster = decide.roster;
        this.dispatch = decide.dispatch;
        this.reports = decide.reports;
        this.serverSide = decide.serverSide;
        this.upkeep = decide.upkeep;
        this.storedTasks = storedTasks;
        this.storedWorkers = storedWorkers;
        this.storedLoose = storedLoose;
        this.storedConfirmed = storedConfirmed;
    }

    TaskEntry task(TaskId id) {
        return Objects.requireNonNull(farm.board.find(id));
    }

    /** What the verticle does after each order. */
    void settle(Instant now) {
        dispatch.serveWaiting(now);
        List<?> lines = farm.changes.takeLogOrders();
        assert lines != null;
        store(now);
    }

    /** Everything urgent is stored, as before an answer. */
    void store(Instant now) {
        var changes = farm.changes.take().changes();
        for (TaskDocument document : changes.documents()) {
            storedTasks.put(document.row().id(), document.row());
        }
        changes.tasks().forEach(change -> storedTasks.put(change.row().id(), change.row()));
        changes.removedTasks().forEach(storedTasks::remove);
        changes.workers().forEach(row -> storedWorkers.put(row.id(), row));
        changes.looseUpdates().forEach(update -> storedLoose.put(update.id(), update));
        changes.handledLooseUpdates().forEach(storedLoose::remove);
        storedConfirmed.accumulateAndGet(changes.confirmedUpTo(), Math::max);
        assert now != null;
    }

    void fetchDocuments(List<WireTask> all, Instant now) {
        List<TaskId> wanted = dispatch.takeWanted();
        if (!wanted.isEmpty()) {
            dispatch.fetched(
                    wanted,
                    all.stream().filter(task -> wanted.contains(task.id())).toList(),
                    now);
        }
    }

    /** The process dies and starts again: only what was stored is left. */
    Owner restarted(Instant now) {
        Farm again = new Farm(new FailurePolicy(100, 3), false, ZoneOffset.UTC);
        Loading loading = new Loading(again, now);
        again.outbox.restoreConfirmed(storedConfirmed.get());
        storedWorkers.values().forEach(loading::addWorker);
        storedTasks.values().forEach(loading::add);
        storedLoose.values().forEach(loading::addLoose);
        loading.finish();
        return new Owner(again, storedTasks, storedWorkers, storedLoose, storedConfirmed);
    }
}
