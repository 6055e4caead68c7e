package io.flamenco.server.jobs;

import io.flamenco.server.files.JobFiles;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.bus.FarmBus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;

/** Owns the state of all jobs and tasks; every change of one is an order to it. Runs once. */
public final class JobKeeperVerticle extends VerticleBase {

    private final Jobs jobs;
    private final Tasks tasks;
    private final Turns turns = new Turns();
    private final TurnClock moments;
    private final JobBook book;
    private final RemovalDesk removal;

    /**
     * Owns these jobs and tasks.
     *
     * @param files what is kept beside them
     */
    public JobKeeperVerticle(Jobs jobs, Tasks tasks, JobFiles files, Clock clock) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.moments = new TurnClock(clock);
        this.book = new JobBook(jobs, tasks);
        this.removal = new RemovalDesk(jobs, tasks, files, book);
    }

    @Override
    public Future<?> start() {
        FarmBus bus = new FarmBus(vertx);
        Facts facts = new Facts(bus);
        JobChanges changes = new JobChanges(jobs, tasks, book, facts, turns, moments);
        return makeGood().onSuccess(good -> {
            answerManagers(bus, facts);
            answerPeople(bus, changes);
            answerSubmissions(bus, changes);
            answerArchive(bus, changes);
        });
    }

    private Future<Void> makeGood() {
        return jobs.latestChange()
                .onSuccess(moments::goOnAfter)
                .compose(latest -> jobs.beingRemoved())
                .compose(removal::finish)
                .compose(removed -> jobs.unsettled())
                .compose(doubtful -> book.repair(doubtful, moments.next()));
    }

    private void answerManagers(FarmBus bus, Facts facts) {
        ReportDesk reports = new ReportDesk(tasks, jobs, book, facts, turns, moments::next);
        OfferDesk offers = new OfferDesk(tasks, jobs, book, facts, moments::latest);
        bus.answer(JobOrder.REPORT, reports::report);
        bus.answer(JobOrder.OFFER, order -> turns.take(() -> offers.open(order)));
        bus.answer(JobOrder.OFFER_JOB, order -> turns.take(() -> offers.ofJob(order)));
        bus.answer(JobOrder.OFFER_CHANGES, order -> turns.take(() -> offers.changes(order)));
    }

    private void answerPeople(FarmBus bus, JobChanges changes) {
        ChangeDesk desk = new ChangeDesk(
                changes,
                new StatusDesk(jobs, changes),
                new TaskDesk(jobs, tasks, changes),
                new OverridesDesk(jobs, tasks, book),
                new ConstructionDesk(changes),
                new ArchiveDesk(jobs, tasks, changes),
                removal);
        bus.answer(JobOrder.CHANGE, order -> changes.turn(() -> desk.carryOut(order)));
    }

    private static void answerSubmissions(FarmBus bus, JobChanges changes) {
        ConstructionDesk construction = new ConstructionDesk(changes);
        bus.answer(JobOrder.RELEASE, order -> changes.turn(() -> construction.release(order)));
        bus.answer(JobOrder.GIVE_UP, order -> changes.turn(() -> construction.giveUp(order)));
    }

    private void answerArchive(FarmBus bus, JobChanges changes) {
        ArchiveDesk archive = new ArchiveDesk(jobs, tasks, changes);
        bus.answer(JobOrder.FINISH_ARCHIVE, order -> changes.turn(() -> archive.finish(order)));
        bus.answer(JobOrder.FINISH_RESTORE, order -> changes.turn(() -> archive.finishRestore(order.job())));
        bus.answer(JobOrder.GIVE_UP_RESTORE, order -> changes.turn(() -> archive.giveUpRestore(order.job())));
    }
}
