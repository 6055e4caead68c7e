package io.flamenco.server.jobs;

import io.flamenco.server.domain.JobState;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.StoredTask;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.status.TaskStatus;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Hands tasks to Managers, page by page. A queued task is marked as claimed in the same turn in which it is read, before
 * the Manager sees it; being claimed is no change that a Manager would have to learn of.
 */
final class OfferDesk {

    private static final Set<TaskStatus> TAKEABLE =
            EnumSet.of(TaskStatus.QUEUED, TaskStatus.CLAIMED_BY_MANAGER, TaskStatus.SOFT_FAILED);
    private static final Set<TaskStatus> UNFINISHED = EnumSet.of(
            TaskStatus.QUEUED,
            TaskStatus.CLAIMED_BY_MANAGER,
            TaskStatus.SOFT_FAILED,
            TaskStatus.ACTIVE,
            TaskStatus.CANCEL_REQUESTED);

    private final Tasks tasks;
    private final Jobs jobs;
    private final JobBook book;
    private final Facts facts;
    private final Supplier<Instant> latest;

    OfferDesk(Tasks tasks, Jobs jobs, JobBook book, Facts facts, Supplier<Instant> latest) {
        this.tasks = tasks;
        this.jobs = jobs;
        this.book = book;
        this.facts = facts;
        this.latest = latest;
    }

    /** Which jobs a Manager has to look at. */
    Future<JobAnswer.Offered> open(JobOrder.Offer order) {
        Instant upTo = latest.get();
        return jobs.runnable(order.manager()).map(runnable -> {
            List<JobId> whole = new ArrayList<>();
            Set<JobId> changed = new LinkedHashSet<>();
            for (StoredJob job : runnable) {
                boolean all = order.after().map(job.released()::isAfter).orElse(true);
                (all ? whole : changed).add(job.id());
            }
            return new JobAnswer.Offered(!runnable.isEmpty(), whole, changed, upTo);
        });
    }

    /** One page of a job's tasks; with a clean slate also the finished ones that an unfinished one waits for. */
    Future<JobAnswer.Tasks> ofJob(JobOrder.OfferJob order) {
        Set<TaskStatus> statuses = order.cleanSlate() ? UNFINISHED : TAKEABLE;
        return jobs.find(List.of(order.job())).compose(found -> {
            if (found.isEmpty() || !found.getFirst().status().runnable()) {
                return Future.succeededFuture(new JobAnswer.Tasks(Map.of(), List.of(), Optional.empty()));
            }
            return tasks.page(order.job(), statuses, order.afterTask(), order.limit())
                    .compose(page -> claim(found, page, queued -> claimAll(order.job(), queued))
                            .compose(claimed ->
                                    order.cleanSlate() ? withFinishedParents(claimed) : Future.succeededFuture(claimed))
                            .map(all -> new JobAnswer.Tasks(byId(found), all, lastOf(page, order.limit()))));
        });
    }

    /** The tasks that changed within a span of time. */
    Future<JobAnswer.Tasks> changes(JobOrder.OfferChanges order) {
        return tasks.offered(order.manager(), order.after(), order.upTo())
                .map(offered -> offered.stream()
                        .filter(task -> order.jobs().contains(task.state().job()))
                        .toList())
                .compose(mine -> jobs.find(jobsOf(mine))
                        .compose(found -> claim(found, mine, tasks::claim)
                                .map(claimed -> new JobAnswer.Tasks(byId(found), claimed, Optional.empty()))));
    }

    private static Optional<TaskId> lastOf(List<StoredTask> page, int limit) {
        return page.size() < limit
                ? Optional.empty()
                : Optional.of(page.get(limit - 1).id());
    }

    private Future<List<StoredTask>> withFinishedParents(List<StoredTask> page) {
        Set<TaskId> missing = new LinkedHashSet<>();
        page.forEach(task -> missing.addAll(task.parents()));
        page.forEach(task -> missing.remove(task.id()));
        return tasks.find(missing).map(parents -> {
            List<StoredTask> all = new ArrayList<>(page);
            parents.stream()
                    .filter(parent -> parent.state().status().finished())
                    .forEach(all::add);
            return all;
        });
    }

    /** A page holds every queued task between its first and its last one. */
    private Future<Void> claimAll(JobId job, List<TaskId> queued) {
        return tasks.claimRange(job, queued.getFirst(), queued.getLast());
    }

    private Future<List<StoredTask>> claim(
            List<StoredJob> ofJobs, List<StoredTask> page, Function<List<TaskId>, Future<Void>> write) {
        List<TaskId> queued = page.stream()
                .filter(task -> task.state().status() == TaskStatus.QUEUED)
                .map(StoredTask::id)
                .toList();
        if (queued.isEmpty()) {
            return Future.succeededFuture(page);
        }
        List<StoredTask> claimed = page.stream().map(OfferDesk::claimed).toList();
        return write.apply(queued).compose(done -> recount(ofJobs, page)).map(claimed);
    }

    private Future<Void> recount(List<StoredJob> ofJobs, List<StoredTask> page) {
        Map<JobId, Integer> howMany = new HashMap<>();
        for (StoredTask task : page) {
            if (task.state().status() == TaskStatus.QUEUED) {
                howMany.merge(task.state().job(), 1, Integer::sum);
            }
        }
        Future<Void> written = Future.succeededFuture();
        for (StoredJob job : ofJobs) {
            Integer taken = howMany.get(job.id());
            if (taken != null) {
                JobState after = job.state()
                        .with(job.state().tasks().moved(TaskStatus.QUEUED, TaskStatus.CLAIMED_BY_MANAGER, taken));
                written = written.compose(before -> book.write(after, false, job.updated()))
                        .onSuccess(done -> facts.tell(job.state(), after, latest.get()));
            }
        }
        return written;
    }

    private static StoredTask claimed(StoredTask task) {
        return task.state().status() == TaskStatus.QUEUED
                ? task.with(task.state().with(TaskStatus.CLAIMED_BY_MANAGER))
                : task;
    }

    private static Set<JobId> jobsOf(List<StoredTask> offered) {
        Set<JobId> ids = new LinkedHashSet<>();
        offered.forEach(task -> ids.add(task.state().job()));
        return ids;
    }

    private static Map<JobId, StoredJob> byId(List<StoredJob> found) {
        Map<JobId, StoredJob> byId = new HashMap<>();
        found.forEach(job -> byId.put(job.id(), job));
        return byId;
    }
}
