package io.flamenco.server.jobs;

import io.flamenco.server.domain.JobEvent;
import io.flamenco.server.domain.JobOutcome;
import io.flamenco.server.domain.JobState;
import io.flamenco.server.domain.Ledger;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.StoredTask;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every desk of the keeper does with a job: take a turn, look it up, let something happen, store and tell it. */
final class JobChanges {

    private static final Logger LOG = LoggerFactory.getLogger(JobChanges.class);

    private final Jobs jobs;
    private final Tasks tasks;
    private final JobBook book;
    private final Facts facts;
    private final Turns turns;
    private final TurnClock moments;

    JobChanges(Jobs jobs, Tasks tasks, JobBook book, Facts facts, Turns turns, TurnClock moments) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.book = book;
        this.facts = facts;
        this.turns = turns;
        this.moments = moments;
    }

    /** Does the work in its turn. */
    Future<Done> turn(Supplier<Future<Void>> work) {
        return turns.take(work).map(Done.DONE);
    }

    /** The moment of a change that happens now. */
    Instant moment() {
        return moments.next();
    }

    /** The job; a failure of status 404 when there is none. */
    Future<StoredJob> job(JobId id) {
        return jobs.find(id).map(found -> found.orElseThrow(() -> new HttpFailure(404, "There is no job " + id + ".")));
    }

    /** The task; a failure of status 404 when there is none. */
    Future<StoredTask> task(TaskId id) {
        return tasks.find(id)
                .map(found -> found.orElseThrow(() -> new HttpFailure(404, "There is no task " + id + ".")));
    }

    /** Lets something happen to a job. */
    Future<Void> happen(JobId id, JobEvent event) {
        return job(id).compose(job -> {
            Ledger ledger = new Ledger(List.of(), List.of(job.state()));
            return ledger.happen(id, event) instanceof JobOutcome.Refused refused
                    ? conflict(refused.why())
                    : write(ledger);
        });
    }

    /**
     * Stores a job that changes without its tasks.
     *
     * @param release whether its Manager shall see all of its tasks anew
     */
    Future<Void> store(StoredJob before, JobState after, boolean release) {
        return tellOnce(before, after, now -> book.write(after, release, now));
    }

    /** Tells what became of a job once that is stored. */
    Future<Void> tellOnce(StoredJob before, JobState after, Function<Instant, Future<Void>> stored) {
        Instant now = moments.next();
        return stored.apply(now).onSuccess(done -> facts.tell(before.state(), after, now));
    }

    /** Has the Manager of a job fetch soon what it must know of it. */
    void offer(StoredJob job) {
        facts.offer(job.state().manager());
    }

    /** Tells that a job is gone. */
    void tellRemoved(StoredJob job) {
        facts.removed(job.state(), moments.next());
    }

    /** Stores what a ledger says; when that fails half-way, its jobs are counted anew. */
    Future<Void> write(Ledger ledger) {
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

    /** What cannot be done as things are. */
    static <T> Future<T> conflict(String sentence) {
        return Future.failedFuture(new HttpFailure(409, sentence));
    }
}
