package io.flamenco.server.jobs;

import static io.flamenco.server.jobs.JobChanges.conflict;

import io.flamenco.server.domain.JobAction;
import io.flamenco.server.domain.JobEvent;
import io.flamenco.server.store.Jobs;
import io.vertx.core.Future;

/** Does to whole jobs what people want of them. */
final class StatusDesk {

    private final Jobs jobs;
    private final JobChanges changes;

    StatusDesk(Jobs jobs, JobChanges changes) {
        this.jobs = jobs;
        this.changes = changes;
    }

    Future<Void> act(JobOrder.Act order) {
        JobAction action = order.action();
        String reason = order.who() + " wanted the job " + action.participle() + ".";
        return changes.job(order.job())
                .compose(job -> action.possibleFrom(job.status())
                        ? changes.happen(order.job(), new JobEvent.Wanted(action.leadsTo(), reason))
                        : conflict("The job is " + job.status() + ", so it cannot be " + action.participle() + "."));
    }

    Future<Void> setStatus(JobOrder.SetJobStatus order) {
        return changes.happen(order.job(), new JobEvent.Wanted(order.status(), order.reason()));
    }

    Future<Void> prioritise(JobOrder.SetPriority order) {
        return changes.job(order.job())
                .compose(job -> job.priority() == order.priority()
                        ? Future.succeededFuture()
                        : jobs.prioritise(order.job(), order.priority(), changes.moment())
                                .onSuccess(stored -> changes.offer(job)));
    }
}
