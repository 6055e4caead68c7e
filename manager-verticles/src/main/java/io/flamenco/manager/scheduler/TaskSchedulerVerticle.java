package io.flamenco.manager.scheduler;

import io.flamenco.manager.domain.FailurePolicy;
import io.flamenco.manager.scheduler.Changes.Turn;
import io.flamenco.manager.scheduler.SchedulerOrders.AssignTask;
import io.flamenco.manager.scheduler.SchedulerOrders.Assignment;
import io.flamenco.manager.scheduler.SchedulerOrders.Batch;
import io.flamenco.manager.scheduler.SchedulerOrders.FoundTask;
import io.flamenco.manager.scheduler.SchedulerOrders.Report;
import io.flamenco.manager.scheduler.SchedulerOrders.ReportUpdate;
import io.flamenco.manager.scheduler.SchedulerOrders.TaskList;
import io.flamenco.manager.scheduler.SchedulerOrders.TasksInLine;
import io.flamenco.manager.store.FarmStore;
import io.flamenco.manager.tasklog.TaskLogOrders;
import io.flamenco.manager.testjobs.TestJobs;
import io.flamenco.manager.testjobs.TestJobs.Preparation;
import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.manager.workers.WorkerOrders.StoredCredentials;
import io.flamenco.manager.workers.WorkerOrders.WorkerList;
import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.Command;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.ManagerFacts;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.time.Timers;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one owner of tasks and Workers: takes orders, decides in memory, stores, answers, and tells what happened. */
public final class TaskSchedulerVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(TaskSchedulerVerticle.class);

    /** Signs of life and progress may be lost in a crash for so long. */
    private static final Duration STORE_LATER = Duration.ofSeconds(5);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
    private static final Duration FORGIVE_AFTER = Duration.ofHours(1);
    private static final Duration TELL_NOTHING_LEFT = Duration.ofSeconds(1);

    private final FarmBus bus;
    private final FarmStore store;
    private final Clock clock;
    private final Timers timers;
    private final Farm farm;
    private final Moves moves;
    private final Roster roster;
    private final Dispatch dispatch;
    private final Deliveries deliveries = new Deliveries();
    private final Reports reports;
    private final ServerSide serverSide;
    private final Upkeep upkeep;
    private final SleepKeeper sleepKeeper;
    private final Explanations explanations;
    private final TestDesk testDesk;
    private @Nullable TurnWriter turnWriter;
    private Instant nothingLeftTold = Instant.MIN;

    /**
     * @param policy when failures are for good
     * @param fair whether jobs of equal priority take turns
     * @param testJobs makes test jobs
     * @param clock its zone is that of log lines and sleep schedules
     */
    public TaskSchedulerVerticle(
            FarmBus bus,
            FarmStore store,
            FailurePolicy policy,
            boolean fair,
            TestJobs testJobs,
            Clock clock,
            Timers timers) {
        this.bus = bus;
        this.store = store;
        this.clock = clock;
        this.timers = timers;
        this.farm = new Farm(policy, fair, clock.getZone());
        this.moves = new Moves(farm);
        this.roster = new Roster(farm, moves);
        this.dispatch = new Dispatch(farm, roster, moves);
        this.reports = new Reports(farm, roster, moves);
        this.serverSide = new ServerSide(farm, moves);
        this.upkeep = new Upkeep(farm, roster, moves);
        this.sleepKeeper = new SleepKeeper(farm, roster);
        this.explanations = new Explanations(farm);
        this.testDesk = new TestDesk(farm, roster, testJobs);
    }

    @Override
    public Future<?> start() {
        turnWriter = new TurnWriter(context, timers, farm.changes, store::write, this::onStored);
        return new Loading(farm, clock.instant()).from(store).onSuccess(loaded -> {
            answerWorkers();
            answerServerSide();
            answerPeople();
            answerUpkeep();
            storeNowAndThen();
            dismissOverdueWaiters();
            LOG.info(
                    "The queue is loaded. tasks={} ready={} workers={} outbox={}",
                    farm.board.size(),
                    farm.board.ready().size(),
                    farm.countWorkers(),
                    farm.outbox.waiting());
        });
    }

    @Override
    public Future<?> stop() {
        farm.waitingRoom.takeAll().forEach(waiter -> waiter.answer().accept(new SchedulerOrders.NothingToDo()));
        return writer().flush().timeout(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
    }

    private void answerWorkers() {
        bus.answer(SchedulerOrders.ASSIGN_TASK, this::assign);
        bus.answer(SchedulerOrders.STOP_WAITING, order -> {
            farm.waitingRoom.leave(order.workerId(), order.ticket());
            return Future.succeededFuture(Done.DONE);
        });
        carryOut(SchedulerOrders.TAKE_BACK, doing(dispatch::takeBack));
        bus.answer(SchedulerOrders.REPORT_UPDATE, this::report);
        carryOut(SchedulerOrders.RETURN_TASK, reports::giveBack);
        answer(SchedulerOrders.MAY_I_RUN, reports::mayRun);
        carryOut(WorkerOrders.REGISTER, (order, now) -> roster.register(order));
        answer(WorkerOrders.CREDENTIALS_OF, (order, now) -> credentials(order));
        carryOut(WorkerOrders.SIGN_ON, roster::signOn);
        carryOut(WorkerOrders.SIGN_OFF, roster::signOff);
        answer(WorkerOrders.STATUS_WANTED, roster::wanted);
        carryOut(WorkerOrders.ACK_STATUS, roster::acknowledge);
    }

    private void answerServerSide() {
        carryOut(SchedulerOrders.CANCEL_TASKS, doing(serverSide::cancel));
        carryOut(SchedulerOrders.MERGE_DOWNLOADED, serverSide::merge);
        answer(SchedulerOrders.NEXT_IN_LINE, (order, now) -> new TasksInLine(serverSide.nextInLine(order)));
        carryOut(SchedulerOrders.RE_CHECKED, doing(serverSide::reChecked));
        answer(
                SchedulerOrders.TAKE_BATCH,
                (order, now) -> new Batch(farm.outbox.batch(order.max(), writer().storedTurn())));
        carryOut(SchedulerOrders.BATCH_ANSWERED, doing(serverSide::answered));
    }

    private void answerPeople() {
        answer(SchedulerOrders.OUTBOX_SIZE, (order, now) -> explanations.outbox());
        answer(SchedulerOrders.WHY, (order, now) -> explanations.why(order.taskId(), now));
        answer(SchedulerOrders.FIND_TASK, (order, now) -> new FoundTask(explanations.find(order.taskId())));
        answer(SchedulerOrders.RECENT_TASKS, (order, now) -> new TaskList(explanations.recent(order.max())));
        answer(SchedulerOrders.COUNT_TASKS, (order, now) -> explanations.counts());
        answer(WorkerOrders.LIST_WORKERS, (order, now) -> new WorkerList(roster.views()));
        carryOut(WorkerOrders.REQUEST_STATUS, roster::request);
        carryOut(WorkerOrders.ACK_TIMEOUT, roster::acknowledgeTimeout);
        carryOut(WorkerOrders.FORGET_WORKER, roster::forget);
        bus.answer(WorkerOrders.REVOKE_CREDENTIALS, this::revoke);
        carryOut(WorkerOrders.FORGET_BLOCKLIST_LINE, (order, now) -> roster.unblock(order));
        carryOut(WorkerOrders.SET_SLEEP_SCHEDULE, sleepKeeper::set);
        bus.answer(WorkerOrders.SEND_TEST_JOB, this::sendTestJob);
    }

    private void answerUpkeep() {
        carryOut(SchedulerOrders.TIME_OUT, upkeep::timeOut);
        carryOut(SchedulerOrders.FORGET_TASKS, upkeep::forget);
        carryOut(WorkerOrders.REMOVE_STALE, upkeep::removeStale);
        carryOut(WorkerOrders.APPLY_SLEEP_SCHEDULES, (order, now) -> sleepKeeper.applyDue(now));
    }

    private void storeNowAndThen() {
        timers.every("store what could wait", STORE_LATER, STORE_LATER, () -> writer().flush());
        timers.every("retry refused updates", FORGIVE_AFTER, FORGIVE_AFTER, () -> {
            farm.outbox.forgiveAll();
            return Future.succeededFuture();
        });
    }

    private void dismissOverdueWaiters() {
        timers.every("dismiss waiting workers", WaitingRoom.BUCKET, WaitingRoom.BUCKET, () -> {
            dispatch.dismissOverdue(clock.instant());
            return Future.succeededFuture();
        });
    }

    private Future<Assignment> assign(AssignTask order) {
        Promise<Assignment> answer = Promise.promise();
        dispatch.assign(
                order, clock.instant(), assignment -> afterStored(assignment).onComplete(answer));
        followUp();
        return answer.future();
    }

    private Future<Report> report(ReportUpdate order) {
        return deliveries.once(order.delivery(), () -> take(order));
    }

    /** A report that is known when it comes again is stored after its log text, together with being known. */
    private Future<Report> take(ReportUpdate order) {
        Report report = reports.report(order, clock.instant());
        Future<Void> logged = log(farm.changes.takeLogOrders());
        followUp();
        if (logged.isComplete() || !order.delivery().named()) {
            return writer().stored().compose(stored -> logged).map(report);
        }
        return logged.compose(done -> {
                    reports.logged(order);
                    return writer().stored();
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
                            followUp();
                            return afterStored(queued);
                        },
                        failure ->
                                Future.succeededFuture(new WorkerOrders.Refused(String.valueOf(failure.getMessage()))));
    }

    private Future<WorkerOrders.Outcome> revoke(WorkerOrders.RevokeCredentials order) {
        WorkerOrders.Outcome outcome = roster.revoke(order, clock.instant());
        followUp();
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
            followUp();
            return writer().stored().map(answer);
        });
    }

    private <Q, A> void answer(Command<Q, A> command, BiFunction<Q, Instant, A> decision) {
        bus.answer(command, order -> {
            A answer = decision.apply(order, clock.instant());
            followUp();
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
        return farm.changes.urgent() ? writer().stored().map(answer) : Future.succeededFuture(answer);
    }

    /** What any order may have brought about: work for those who wait, lines for logs, documents to fetch. */
    private void followUp() {
        dispatch.serveWaiting(clock.instant());
        fetch(dispatch.takeWanted());
        log(farm.changes.takeLogOrders());
        if (dispatch.takeNothingLeft()) {
            tellNothingLeft();
        }
    }

    /** A task that has just come may not be in the database yet, so what is under way is stored first. */
    private void fetch(List<TaskId> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        Future<List<WireTask>> found = writer().stored().compose(stored -> store.tasks(wanted));
        found.onComplete(
                documents -> {
                    dispatch.fetched(wanted, documents, clock.instant());
                    followUp();
                },
                failure -> {
                    LOG.warn("Tasks could not be fetched from the database; workers have to come again.", failure);
                    dispatch.notFetched();
                    followUp();
                });
    }

    private Future<Void> log(List<TaskLogOrders> orders) {
        Future<Void> logged = Future.succeededFuture();
        for (TaskLogOrders order : orders) {
            Future<Done> done = switch (order) {
                case TaskLogOrders.AppendLog append -> bus.ask(TaskLogOrders.APPEND_LOG, append);
                case TaskLogOrders.RotateLog rotate -> bus.ask(TaskLogOrders.ROTATE_LOG, rotate);
            };
            logged = logged.compose(before -> done.transform(outcome -> {
                if (outcome.failed()) {
                    LOG.warn(
                            "A task's log could not be written. order={}",
                            order.getClass().getSimpleName(),
                            outcome.cause());
                }
                return Future.succeededFuture();
            }));
        }
        return logged;
    }

    private void tellNothingLeft() {
        Instant now = clock.instant();
        if (nothingLeftTold.plus(TELL_NOTHING_LEFT).isBefore(now)) {
            nothingLeftTold = now;
            bus.tell(SchedulerFacts.NOTHING_LEFT, new SchedulerFacts.NothingLeft(now));
        }
    }

    private void onStored(Turn turn) {
        for (ManagerFacts fact : turn.facts()) {
            switch (fact) {
                case ManagerFacts.WorkerStatusChanged changed ->
                    bus.tell(Addresses.MANAGER_WORKER_STATUS_CHANGED, changed);
                case ManagerFacts.TaskStatusChanged changed -> bus.tell(Addresses.MANAGER_TASK_STATUS_CHANGED, changed);
                case ManagerFacts.TaskLogGrew grew -> bus.tell(Addresses.MANAGER_TASK_LOG.of(grew.taskId()), grew);
                case ManagerFacts.LatestImageChanged changed -> bus.tell(Addresses.MANAGER_LATEST_IMAGE, changed);
            }
        }
        if (turn.taskTypesChanged()) {
            bus.tell(SchedulerFacts.TASK_TYPES_CHANGED, new SchedulerFacts.TaskTypesChanged(clock.instant()));
        }
    }

    private TurnWriter writer() {
        if (turnWriter == null) {
            throw new IllegalStateException("the scheduler has not started");
        }
        return turnWriter;
    }
}
