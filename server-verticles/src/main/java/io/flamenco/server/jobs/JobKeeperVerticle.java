package io.flamenco.server.jobs;

import io.flamenco.server.domain.JobAction;
import io.flamenco.server.domain.JobEvent;
import io.flamenco.server.domain.JobMachine;
import io.flamenco.server.domain.JobOutcome;
import io.flamenco.server.domain.JobState;
import io.flamenco.server.domain.Ledger;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.StoredTask;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.status.JobStatus;
import io.flamenco.shared.status.TaskStatus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns the state of all jobs and tasks; every change of one is an order to it. Runs once. */
public final class JobKeeperVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(JobKeeperVerticle.class);
    private static final Set<TaskStatus> AT_MANAGER = EnumSet.of(
            TaskStatus.CLAIMED_BY_MANAGER, TaskStatus.ACTIVE, TaskStatus.SOFT_FAILED, TaskStatus.CANCEL_REQUESTED);

    private final Jobs jobs;
    private final Tasks tasks;
    private final Clock clock;
    private final Turns turns = new Turns();
    private final JobBook book;
    private TurnClock moments;

    /** Owns these jobs and tasks. */
    public JobKeeperVerticle(Jobs jobs, Tasks tasks, Clock clock) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.clock = clock;
        this.book = new JobBook(jobs, tasks);
        this.moments = new TurnClock(clock, Instant.EPOCH);
    }

    @Override
    public Future<?> start() {
        FarmBus bus = new FarmBus(vertx);
        Facts facts = new Facts(bus);
        return makeGood().onSuccess(good -> {
            answerManagers(bus, facts);
            answerPeople(bus, facts);
            answerSubmissions(bus, facts);
        });
    }

    private Future<Void> makeGood() {
        return jobs.latestChange()
                .onSuccess(latest -> moments = new TurnClock(clock, latest))
                .compose(latest -> jobs.beingRemoved())
                .compose(this::removeAll)
                .compose(removed -> jobs.unsettled())
                .compose(doubtful -> book.repair(doubtful, moments.next()));
    }

    private void answerManagers(FarmBus bus, Facts facts) {
        ReportDesk reports = new ReportDesk(tasks, jobs, book, facts, turns, () -> moments.next());
        OfferDesk offers = new OfferDesk(tasks, jobs, book, facts, () -> moments.latest());
        bus.answer(JobOrder.REPORT, reports::report);
        bus.answer(JobOrder.OFFER, order -> turns.take(() -> offers.open(order)));
        bus.answer(JobOrder.OFFER_JOB, order -> turns.take(() -> offers.ofJob(order)));
        bus.answer(JobOrder.OFFER_CHANGES, order -> turns.take(() -> offers.changes(order)));
    }

    private void answerPeople(FarmBus bus, Facts facts) {
        bus.answer(JobOrder.ACT, order -> turn(() -> act(order, facts)));
        bus.answer(
                JobOrder.SET_STATUS,
                order -> turn(() -> happen(order.job(), new JobEvent.Wanted(order.status(), order.reason()), facts)));
        bus.answer(JobOrder.SET_PRIORITY, order -> turn(() -> prioritise(order)));
        bus.answer(JobOrder.REQUEUE_FAILED, order -> turn(() -> requeueFailed(order.job(), facts)));
        bus.answer(JobOrder.SET_TASK_STATUS, order -> turn(() -> setTask(order, facts)));
        bus.answer(JobOrder.REQUEUE_WITH_SUCCESSORS, order -> turn(() -> requeueSuccessors(order.task(), facts)));
        OverridesDesk overrides = new OverridesDesk(jobs, tasks, book);
        bus.answer(
                JobOrder.SET_OVERRIDES,
                order -> turn(
                        () -> job(order.job()).compose(job -> overrides.set(job, order.overrides(), moments.next()))));
        bus.answer(JobOrder.DELETE, order -> turn(() -> delete(order.job())));
    }

    private void answerSubmissions(FarmBus bus, Facts facts) {
        bus.answer(JobOrder.RELEASE, order -> turn(() -> release(order, facts)));
        bus.answer(JobOrder.RECONSTRUCT, order -> turn(() -> reconstruct(order, facts)));
        bus.answer(JobOrder.BEGIN_ARCHIVE, order -> turn(() -> beginArchive(order.job(), facts)));
        bus.answer(JobOrder.FINISH_ARCHIVE, order -> turn(() -> finishArchive(order, facts)));
        bus.answer(JobOrder.GIVE_UP, order -> turn(() -> giveUp(order, facts)));
    }

    private Future<Done> turn(Supplier<Future<Void>> work) {
        return turns.take(work).map(Done.DONE);
    }

    private Future<Void> act(JobOrder.Act order, Facts facts) {
        JobAction action = order.action();
        return job(order.job())
                .compose(job -> action.possibleFrom(job.status())
                        ? happen(
                                order.job(),
                                new JobEvent.Wanted(
                                        action.leadsTo(), order.who() + " wanted the job " + action.participle() + "."),
                                facts)
                        : conflict("The job is " + job.status() + ", so it cannot be " + action.participle() + "."));
    }

    private Future<Void> happen(JobId id, JobEvent event, Facts facts) {
        return job(id).compose(job -> {
            Ledger ledger = new Ledger(List.of(), List.of(job.state()));
            return ledger.happen(id, event) instanceof JobOutcome.Refused refused
                    ? conflict(refused.why())
                    : write(ledger, facts);
        });
    }

    private Future<Void> prioritise(JobOrder.SetPriority order) {
        return job(order.job())
                .compose(job -> job.priority() == order.priority()
                        ? Future.succeededFuture()
                        : jobs.prioritise(order.job(), order.priority(), moments.next()));
    }

    private Future<Void> requeueFailed(JobId id, Facts facts) {
        return job(id).compose(
                        job -> job.status() == JobStatus.ACTIVE || job.status() == JobStatus.QUEUED
                                ? tasks.ids(id, TaskStatus.FAILED)
                                        .compose(failed -> setAll(failed, TaskStatus.QUEUED, facts))
                                : conflict(
                                        "The job is " + job.status()
                                                + "; only of a queued or active job can the failed tasks be queued again. Queue the whole job."));
    }

    private Future<Void> setTask(JobOrder.SetTaskStatus order, Facts facts) {
        return task(order.task())
                .compose(task -> job(task.state().job()))
                .compose(job -> takesTasks(job, order.status())
                        ? setAll(List.of(order.task()), order.status(), facts)
                        : conflict("The job is " + job.status() + ", so its tasks cannot be set to " + order.status()
                                + "; queue the job first."));
    }

    private static boolean takesTasks(StoredJob job, TaskStatus status) {
        return switch (job.status()) {
            case ARCHIVING, ARCHIVED, UNDER_CONSTRUCTION, WAITING_FOR_FILES, CONSTRUCTION_FAILED, REQUEUED -> false;
            case CANCELED, FAILED, CANCEL_REQUESTED, FAIL_REQUESTED -> status != TaskStatus.QUEUED;
            case PAUSED, QUEUED, ACTIVE, COMPLETED -> true;
        };
    }

    private Future<Void> requeueSuccessors(TaskId root, Facts facts) {
        return task(root)
                .compose(task -> job(task.state().job()))
                .compose(job -> takesTasks(job, TaskStatus.QUEUED)
                        ? withSuccessors(job.id(), root)
                        : conflict("The job is " + job.status() + "; queue the job first."))
                .compose(all -> setAll(all, TaskStatus.QUEUED, facts));
    }

    private Future<Set<TaskId>> withSuccessors(JobId job, TaskId root) {
        Set<TaskId> found = new LinkedHashSet<>(List.of(root));
        return follow(job, new ArrayDeque<>(found), found).map(found);
    }

    private Future<Void> follow(JobId job, Deque<TaskId> open, Set<TaskId> found) {
        TaskId next = open.poll();
        if (next == null) {
            return Future.succeededFuture();
        }
        return tasks.children(job, next).compose(children -> {
            children.stream().filter(found::add).forEach(open::add);
            return follow(job, open, found);
        });
    }

    private Future<Void> setAll(Collection<TaskId> ids, TaskStatus status, Facts facts) {
        return tasks.states(ids)
                .compose(states -> jobs.find(states.stream()
                                .map(state -> state.job())
                                .distinct()
                                .toList())
                        .compose(found -> {
                            Ledger ledger = new Ledger(
                                    states, found.stream().map(StoredJob::state).toList());
                            ids.forEach(id -> ledger.set(id, status));
                            return write(ledger, facts);
                        }));
    }

    private Future<Void> delete(JobId id) {
        return job(id).compose(job -> {
            boolean running = job.status().runnable() || job.state().tasks().of(AT_MANAGER) > 0;
            return running
                    ? conflict("The job is " + job.status() + " and may have running tasks; cancel it first.")
                    : jobs.markRemoving(id)
                            .compose(marked -> removeAll(List.of(id)))
                            .onSuccess(removed -> book.forget(job.state()));
        });
    }

    private Future<Void> removeAll(List<JobId> ids) {
        Future<Void> removed = Future.succeededFuture();
        for (JobId id : ids) {
            removed = removed.compose(before -> tasks.removeOf(id)).compose(gone -> jobs.remove(id));
        }
        return removed;
    }

    private Future<Void> release(JobOrder.Release order, Facts facts) {
        return underConstruction(order.job())
                .compose(job ->
                        store(job, JobMachine.constructed(job.state(), order.tasks(), order.paused()), true, facts));
    }

    private Future<Void> reconstruct(JobOrder.Reconstruct order, Facts facts) {
        return job(order.job())
                .compose(job -> order.from().contains(job.status())
                                && job.state().tasks().of(AT_MANAGER) == 0
                        ? store(job, job.state().with(JobStatus.UNDER_CONSTRUCTION, order.reason()), false, facts)
                        : conflict("The job is " + job.status() + ", so it cannot be compiled."));
    }

    private Future<Void> beginArchive(JobId id, Facts facts) {
        return job(id).compose(job -> JobMachine.archivable(job.state())
                ? jobs.rememberStatus(id, job.status())
                        .compose(remembered -> store(
                                job,
                                job.state()
                                        .with(JobStatus.ARCHIVING, job.state().reason()),
                                false,
                                facts))
                : conflict("The job is " + job.status() + " or has tasks with its Manager, so it cannot be archived."));
    }

    private Future<Void> finishArchive(JobOrder.FinishArchive order, Facts facts) {
        return job(order.job())
                .compose(job -> job.status() == JobStatus.ARCHIVING
                        ? jobs.rememberArchive(order.job(), order.file())
                                .compose(remembered -> tasks.removeOf(order.job()))
                                .compose(removed -> store(
                                        job,
                                        job.state()
                                                .with(
                                                        JobStatus.ARCHIVED,
                                                        job.state().reason()),
                                        false,
                                        facts))
                        : conflict("The job is " + job.status() + " and not being archived."));
    }

    private Future<Void> giveUp(JobOrder.GiveUp order, Facts facts) {
        return underConstruction(order.job())
                .compose(job ->
                        store(job, job.state().with(JobStatus.CONSTRUCTION_FAILED, order.reason()), false, facts));
    }

    private Future<Void> store(StoredJob before, JobState after, boolean release, Facts facts) {
        Instant now = moments.next();
        return book.write(after, release, now).onSuccess(stored -> facts.tell(before.state(), after, now));
    }

    private Future<Void> write(Ledger ledger, Facts facts) {
        Instant now = moments.next();
        return book.write(ledger, now)
                .onSuccess(written -> facts.tell(ledger, now))
                .onFailure(failure -> repairAfter(failure, ledger));
    }

    private void repairAfter(Throwable failure, Ledger ledger) {
        List<JobId> touched =
                ledger.changedJobs().stream().map(job -> job.after().id()).toList();
        LOG.warn("A change could not be stored whole; its jobs are counted anew. jobs={}", touched, failure);
        turns.take(() -> jobs.find(touched).compose(found -> book.repair(found, moments.next())))
                .onFailure(again -> LOG.error("Jobs could not be counted anew. jobs={}", touched, again));
    }

    private Future<StoredJob> underConstruction(JobId id) {
        return job(id).compose(job -> job.status() == JobStatus.UNDER_CONSTRUCTION
                ? Future.succeededFuture(job)
                : conflict("The job is " + job.status() + " and not under construction."));
    }

    private Future<StoredJob> job(JobId id) {
        return jobs.find(id).map(found -> found.orElseThrow(() -> new HttpFailure(404, "There is no job " + id + ".")));
    }

    private Future<StoredTask> task(TaskId id) {
        return tasks.find(id)
                .map(found -> found.orElseThrow(() -> new HttpFailure(404, "There is no task " + id + ".")));
    }

    private static <T> Future<T> conflict(String sentence) {
        return Future.failedFuture(new HttpFailure(409, sentence));
    }
}
