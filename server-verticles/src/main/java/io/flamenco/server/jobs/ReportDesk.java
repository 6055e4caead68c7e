package io.flamenco.server.jobs;

import io.flamenco.server.domain.Ledger;
import io.flamenco.server.domain.TaskState;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UpdateId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what Managers report; all that comes in while a turn is under way is stored together in the next one. */
final class ReportDesk {

    private static final Logger LOG = LoggerFactory.getLogger(ReportDesk.class);

    private final Tasks tasks;
    private final Jobs jobs;
    private final JobBook book;
    private final Facts facts;
    private final Turns turns;
    private final Supplier<Instant> moments;
    private List<Waiting> waiting = new ArrayList<>();

    ReportDesk(Tasks tasks, Jobs jobs, JobBook book, Facts facts, Turns turns, Supplier<Instant> moments) {
        this.tasks = tasks;
        this.jobs = jobs;
        this.book = book;
        this.facts = facts;
        this.turns = turns;
        this.moments = moments;
    }

    private record Waiting(JobOrder.Report order, Promise<JobAnswer.Reported> answer) {}

    Future<JobAnswer.Reported> report(JobOrder.Report order) {
        Promise<JobAnswer.Reported> answer = Promise.promise();
        waiting.add(new Waiting(order, answer));
        if (waiting.size() == 1) {
            turns.take(this::carryOut).onFailure(failure -> LOG.debug("A turn of reports failed.", failure));
        }
        return answer.future();
    }

    private Future<Void> carryOut() {
        List<Waiting> batch = waiting;
        waiting = new ArrayList<>();
        return store(batch)
                .compose(changed -> answer(batch, changed))
                .onFailure(failure -> batch.forEach(report -> report.answer().tryFail(failure)));
    }

    private Future<Set<TaskId>> store(List<Waiting> batch) {
        Set<TaskId> named = new LinkedHashSet<>();
        batch.forEach(
                one -> one.order().reports().forEach(report -> report.task().ifPresent(named::add)));
        return tasks.states(named)
                .compose(states -> jobs.find(jobsOf(states)).compose(found -> {
                    Ledger ledger = new Ledger(
                            states, found.stream().map(StoredJob::state).toList());
                    Set<TaskId> changed = new HashSet<>();
                    Instant now = moments.get();
                    batch.forEach(one -> apply(one.order(), ledger, changed, now));
                    return book.write(ledger, now)
                            .onSuccess(written -> facts.tell(ledger, now))
                            .recover(failure -> repair(jobsOf(states), failure))
                            .map(changed);
                }));
    }

    private static void apply(JobOrder.Report order, Ledger ledger, Set<TaskId> changed, Instant now) {
        for (JobOrder.TaskReport report : order.reports()) {
            report.task()
                    .filter(task ->
                            ledger.report(order.manager(), task, report.status(), report.rest(), happened(report, now)))
                    .ifPresentOrElse(
                            changed::add,
                            () -> LOG.debug(
                                    "A report was of no task of its sender. manager={} update={}",
                                    order.manager(),
                                    report.id()));
        }
    }

    /** Reports may wait at the Manager for hours; its clock is believed unless it is ahead. */
    private static Instant happened(JobOrder.TaskReport report, Instant now) {
        return report.at().filter(now::isAfter).orElse(now);
    }

    private Future<Void> repair(Set<JobId> touched, Throwable failure) {
        LOG.warn("Reports could not be stored whole; their jobs are counted anew. jobs={}", touched, failure);
        return jobs.find(touched)
                .compose(found -> book.repair(found, moments.get()))
                .compose(repaired -> Future.failedFuture(failure));
    }

    private Future<Void> answer(List<Waiting> batch, Set<TaskId> changed) {
        Future<Void> answered = Future.succeededFuture();
        for (Waiting one : batch) {
            List<JobOrder.TaskReport> reports = one.order().reports();
            List<UpdateId> handled =
                    reports.stream().map(JobOrder.TaskReport::id).toList();
            int modified = (int) reports.stream()
                    .flatMap(report -> report.task().stream())
                    .filter(changed::contains)
                    .count();
            answered = answered.compose(before -> book.toCancel(one.order().manager()))
                    .map(ids -> {
                        one.answer().complete(new JobAnswer.Reported(modified, handled, ids));
                        return null;
                    });
        }
        return answered;
    }

    private static Set<JobId> jobsOf(List<TaskState> states) {
        Set<JobId> ids = new LinkedHashSet<>();
        states.forEach(state -> ids.add(state.job()));
        return ids;
    }
}
