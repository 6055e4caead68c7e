package io.flamenco.manager.scheduler;

import io.flamenco.manager.scheduler.SchedulerOrders.AssignTask;
import io.flamenco.manager.scheduler.SchedulerOrders.Assignment;
import io.flamenco.manager.scheduler.SchedulerOrders.Batch;
import io.flamenco.manager.scheduler.SchedulerOrders.FoundTask;
import io.flamenco.manager.scheduler.SchedulerOrders.Report;
import io.flamenco.manager.scheduler.SchedulerOrders.ReportUpdate;
import io.flamenco.manager.scheduler.SchedulerOrders.TaskList;
import io.flamenco.manager.scheduler.SchedulerOrders.TasksInLine;
import io.flamenco.manager.testjobs.TestJobs.Preparation;
import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.manager.workers.WorkerOrders.StoredCredentials;
import io.flamenco.manager.workers.WorkerOrders.WorkerList;
import io.flamenco.shared.bus.Command;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** Takes the orders and questions to the scheduler, and answers each when what it changed is stored. */
final class OrderDesk {

    private final Vertx vertx;
    private final FarmBus bus;
    private final Clock clock;
    private final Decisions decide;
    private final Farm farm;
    private final TestDesk testDesk;
    private final TurnWriter writer;
    private final Errands errands;
    private final Deliveries deliveries = new Deliveries();

    OrderDesk(
            Vertx vertx,
            FarmBus bus,
            Clock clock,
            Decisions decide,
            TestDesk testDesk,
            TurnWriter writer,
            Errands errands) {
        this.vertx = vertx;
        this.bus = bus;
        this.clock = clock;
        this.decide = decide;
        this.farm = decide.farm;
        this.testDesk = testDesk;
        this.writer = writer;
        this.errands = errands;
    }

    /** Begins to answer. */
    void open() {
        answerWorkers();
        answerServerSide();
        answerPeople();
        answerUpkeep();
    }

    private void answerWorkers() {
        bus.answer(SchedulerOrders.ASSIGN_TASK, this::assign);
        bus.answer(SchedulerOrders.STOP_WAITING, order -> {
            farm.waitingRoom.leave(order.workerId(), order.ticket());
            return Future.succeededFuture(Done.DONE);
        });
        carryOut(SchedulerOrders.TAKE_BACK, doing(decide.dispatch::takeBack));
        bus.answer(SchedulerOrders.REPORT_UPDATE, this::report);
        carryOut(SchedulerOrders.RETURN_TASK, decide.reports::giveBack);
        answer(SchedulerOrders.MAY_I_RUN, decide.reports::mayRun);
        carryOut(WorkerOrders.REGISTER, (order, now) -> decide.roster.register(order));
        answer(WorkerOrders.CREDENTIALS_OF, (order, now) -> credentials(order));
        carryOut(WorkerOrders.SIGN_ON, decide.roster::signOn);
        carryOut(WorkerOrders.SIGN_OFF, decide.roster::signOff);
        answer(WorkerOrders.STATUS_WANTED, decide.roster::wanted);
        carryOut(WorkerOrders.ACK_STATUS, decide.roster::acknowledge);
    }

    private void answerServerSide() {
        carryOut(SchedulerOrders.CANCEL_TASKS, doing(decide.serverSide::cancel));
        carryOut(SchedulerOrders.MERGE_DOWNLOADED, decide.serverSide::merge);
        answer(SchedulerOrders.NEXT_IN_LINE, (order, now) -> new TasksInLine(decide.serverSide.nextInLine(order)));
        carryOut(SchedulerOrders.RE_CHECKED, doing(decide.serverSide::reChecked));
        answer(
                SchedulerOrders.TAKE_BATCH,
                (order, now) -> new Batch(farm.outbox.batch(order.max(), writer.storedTurn())));
        carryOut(SchedulerOrders.BATCH_ANSWERED, doing(decide.serverSide::answered));
    }

    private void answerPeople() {
        answer(SchedulerOrders.OUTBOX_SIZE, (order, now) -> decide.explanations.outbox());
        answer(SchedulerOrders.WHY, (order, now) -> decide.explanations.why(order.taskId(), now));
        answer(SchedulerOrders.FIND_TASK, (order, now) -> new FoundTask(decide.explanations.find(order.taskId())));
        answer(SchedulerOrders.RECENT_TASKS, (order, now) -> new TaskList(decide.explanations.recent(order.max())));
        answer(SchedulerOrders.COUNT_TASKS, (order, now) -> decide.explanations.counts());
        answer(WorkerOrders.LIST_WORKERS, (order, now) -> new WorkerList(decide.roster.views()));
        carryOut(WorkerOrders.REQUEST_STATUS, decide.roster::request);
        carryOut(WorkerOrders.ACK_TIMEOUT, decide.roster::acknowledgeTimeout);
        carryOut(WorkerOrders.FORGET_WORKER, decide.roster::forget);
        bus.answer(WorkerOrders.REVOKE_CREDENTIALS, this::revoke);
        carryOut(WorkerOrders.FORGET_BLOCKLIST_LINE, (order, now) -> decide.roster.unblock(order));
        carryOut(WorkerOrders.SET_SLEEP_SCHEDULE, decide.sleepKeeper::set);
        bus.answer(WorkerOrders.SEND_TEST_JOB, this::sendTestJob);
    }

    private void answerUpkeep() {
        carryOut(SchedulerOrders.TIME_OUT, decide.upkeep::timeOut);
        carryOut(SchedulerOrders.FORGET_TASKS, decide.upkeep::forget);
        carryOut(WorkerOrders.REMOVE_STALE, decide.upkeep::removeStale);
        carryOut(WorkerOrders.APPLY_SLEEP_SCHEDULES, (order, now) -> decide.sleepKeeper.applyDue(now));
    }

    private Future<Assignment> assign(AssignTask order) {
        Promise<Assignment> answer = Promise.promise();
        decide.dispatch.assign(
                order, clock.instant(), assignment -> afterStored(assignment).onComplete(answer));
        errands.run();
        return answer.future();
    }

    private Future<Report> report(ReportUpdate order) {
        return deliveries.once(order.delivery(), () -> take(order));
    }

    /** A report that is known when it comes again is stored after its log text, together with being known. */
    private Future<Report> take(ReportUpdate order) {
        Report report = decide.reports.report(order, clock.instant());
        Future<Void> logged = errands.log();
        errands.run();
        if (logged.isComplete() || !order.delivery().named()) {
            return writer.stored().compose(stored -> logged).map(report);
        }
        return logged.compose(done -> {
                    decide.reports.logged(order);
                    return writer.stored();
                })
                .map(report);
    }

    private Future<WorkerOrders.Outcome> sendTestJob(WorkerOrders.SendTestJob order) {
        Optional<WorkerOrders.Outcome> refusal = testDesk.refusal(order.workerId());
        if (refusal.isPresent()) {
            return Future.succeededFuture(refusal.get());
        }
        Preparation preparation = testDesk.preparation(order.workerId());
        return vertx.executeBlocking(() -> {
                    testDesk.prepare(preparation);
                    return Done.DONE;
                })
                .compose(
                        prepared -> {
                            WorkerOrders.Outcome queued = testDesk.queue(order.workerId(), clock.instant());
                            errands.run();
                            return afterStored(queued);
                        },
                        failure ->
                                Future.succeededFuture(new WorkerOrders.Refused(String.valueOf(failure.getMessage()))));
    }

    private Future<WorkerOrders.Outcome> revoke(WorkerOrders.RevokeCredentials order) {
        WorkerOrders.Outcome outcome = decide.roster.revoke(order, clock.instant());
        errands.run();
        return afterStored(outcome)
                .onSuccess(stored -> bus.tell(
                        WorkerOrders.CREDENTIALS_REVOKED, new WorkerOrders.CredentialsRevoked(order.workerId())));
    }

    private StoredCredentials credentials(WorkerOrders.CredentialsOf order) {
        WorkerEntry worker = farm.worker(order.workerId());
        return new StoredCredentials(worker == null ? null : worker.hashedSecret);
    }

    /** An order that comes again and changes nothing is answered when what it changed the first time is stored. */
    private <Q, A> void carryOut(Command<Q, A> command, BiFunction<Q, Instant, A> decision) {
        bus.answer(command, order -> {
            A answer = decision.apply(order, clock.instant());
            errands.run();
            return writer.stored().map(answer);
        });
    }

    private <Q, A> void answer(Command<Q, A> command, BiFunction<Q, Instant, A> decision) {
        bus.answer(command, order -> {
            A answer = decision.apply(order, clock.instant());
            errands.run();
            return afterStored(answer);
        });
    }

    private static <Q> BiFunction<Q, Instant, Done> doing(BiConsumer<Q, Instant> action) {
        return (order, now) -> {
            action.accept(order, now);
            return Done.DONE;
        };
    }

    private <A> Future<A> afterStored(A answer) {
        return farm.changes.urgent() ? writer.stored().map(answer) : Future.succeededFuture(answer);
    }
}
