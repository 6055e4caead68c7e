package io.flamenco.server.jobs;

import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.StoredTask;
import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.Future;

/**
 * Carries out what people want of jobs and tasks. A change may depend on what they saw: that is compared within the turn of
 * the change, so of two changes that depend on the same sight only one is carried out.
 */
final class ChangeDesk {

    private final JobChanges changes;
    private final StatusDesk statuses;
    private final TaskDesk ofTasks;
    private final OverridesDesk overrides;
    private final ConstructionDesk construction;
    private final ArchiveDesk archive;
    private final RemovalDesk removal;

    ChangeDesk(
            JobChanges changes,
            StatusDesk statuses,
            TaskDesk ofTasks,
            OverridesDesk overrides,
            ConstructionDesk construction,
            ArchiveDesk archive,
            RemovalDesk removal) {
        this.changes = changes;
        this.statuses = statuses;
        this.ofTasks = ofTasks;
        this.overrides = overrides;
        this.construction = construction;
        this.archive = archive;
        this.removal = removal;
    }

    /** Carries it out; a failure of status 412 when what was seen is not so any more. */
    Future<Void> carryOut(JobOrder.Wanted wanted) {
        Sight seen = wanted.seen();
        return seen.job()
                .map(this::stillSo)
                .orElse(Future.succeededFuture())
                .compose(same -> seen.task().map(this::stillSo).orElse(Future.succeededFuture()))
                .compose(same -> carryOut(wanted.change()));
    }

    private Future<Void> carryOut(JobOrder.Change change) {
        return switch (change) {
            case JobOrder.Act order -> statuses.act(order);
            case JobOrder.SetJobStatus order -> statuses.setStatus(order);
            case JobOrder.SetPriority order -> statuses.prioritise(order);
            case JobOrder.RequeueFailed order -> ofTasks.requeueFailed(order.job());
            case JobOrder.SetTaskStatus order -> ofTasks.set(order.task(), order.status());
            case JobOrder.RequeueTask order -> ofTasks.requeue(order.task());
            case JobOrder.CancelTask order -> ofTasks.cancel(order.task());
            case JobOrder.RequeueWithSuccessors order -> ofTasks.requeueSuccessors(order.task());
            case JobOrder.SetOverrides order ->
                changes.job(order.job()).compose(job -> overrides.set(job, order.overrides(), changes.moment()));
            case JobOrder.Delete order ->
                changes.job(order.job())
                        .compose(job -> removal.remove(job).onSuccess(removed -> changes.tellRemoved(job)));
            case JobOrder.Reconstruct order -> construction.begin(order);
            case JobOrder.BeginArchive order -> archive.begin(order.job());
            case JobOrder.BeginRestore order -> archive.beginRestore(order.job());
        };
    }

    private Future<Void> stillSo(StoredJob seen) {
        return changes.job(seen.id()).compose(now -> same(now.equals(seen)));
    }

    private Future<Void> stillSo(StoredTask seen) {
        return changes.task(seen.id()).compose(now -> same(now.equals(seen)));
    }

    private static Future<Void> same(boolean same) {
        return same ? Future.succeededFuture() : Future.failedFuture(HttpFailure.changedMeanwhile());
    }
}
