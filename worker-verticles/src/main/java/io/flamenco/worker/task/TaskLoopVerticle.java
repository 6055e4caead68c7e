package io.flamenco.worker.task;

import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.time.Timers;
import io.flamenco.worker.blocking.AssignedTask;
import io.flamenco.worker.blocking.PathProbe;
import io.flamenco.worker.blocking.PreTaskCheck;
import io.flamenco.worker.blocking.RunningTask;
import io.flamenco.worker.blocking.RunningTask.Stop;
import io.flamenco.worker.blocking.TaskExecution.Ending;
import io.flamenco.worker.bus.WorkerAddresses;
import io.flamenco.worker.bus.WorkerMessages;
import io.flamenco.worker.bus.WorkerMessages.State;
import io.flamenco.worker.manager.ManagerAnswer;
import io.flamenco.worker.manager.ManagerClient;
import io.flamenco.worker.manager.StatusAnswer;
import io.flamenco.worker.outbox.OutboxFile;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClientRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for tasks and has them carried out, one at a time. */
public final class TaskLoopVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(TaskLoopVerticle.class);

    /** More waiting updates than this, and no further task is asked for. */
    private static final int FULL_OUTBOX = 10;

    /** Rounds for which updates that the Manager refuses hold up the next task. */
    private static final int MOST_HELD_UP = 3;

    private static final Duration AFTER_WAKING = Duration.ofSeconds(3);
    private static final Duration AFTER_A_TASK = Duration.ofSeconds(3);
    private static final Duration AFTER_NO_TASK = Duration.ofSeconds(5);
    private static final Duration AFTER_FULL_OUTBOX = Duration.ofSeconds(2);
    private static final Duration AFTER_AN_ODD_ANSWER = Duration.ofSeconds(10);
    private static final Duration AFTER_WAITING_IN_VAIN = Duration.ofMillis(100);
    private static final Duration PUSH_EVERY = Duration.ofMillis(200);
    private static final long STOPPING_SECONDS = 30;

    private final FarmBus bus;
    private final WorkerAddresses addresses;
    private final Timers timers;
    private final ManagerClient manager;
    private final OutboxFile outbox;
    private final TaskStarter starter;
    private final Settings settings;
    private State state = State.STARTING;
    private boolean asking;
    private boolean managerWaits;
    private int heldUp;
    private @Nullable HttpClientRequest asked;
    private @Nullable RunningTask running;
    private Future<Void> handled = Future.succeededFuture();
    private Timers.@Nullable Timer next;

    /**
     * How a Worker goes about its tasks.
     *
     * @param check paths that must be usable before a task is asked for
     * @param longPoll how long the Manager may hold a request for a task
     * @param single whether to end after one task
     */
    public record Settings(PreTaskCheck check, Duration longPoll, boolean single) {}

    public TaskLoopVerticle(
            FarmBus bus,
            WorkerAddresses addresses,
            Timers timers,
            ManagerClient manager,
            OutboxFile outbox,
            TaskStarter starter,
            Settings settings) {
        this.bus = bus;
        this.addresses = addresses;
        this.timers = timers;
        this.manager = manager;
        this.outbox = outbox;
        this.starter = starter;
        this.settings = settings;
    }

    @Override
    public Future<?> start() {
        bus.hear(addresses.stateChanged(), changed -> onState(changed.state()));
        bus.answer(addresses.stopTask(), this::onStopTask);
        bus.answer(addresses.doing(), asked -> Future.succeededFuture(new WorkerMessages.Doing(doing())));
        timers.every("push", PUSH_EVERY, PUSH_EVERY, this::pushIfDue);
        return bus.ask(addresses.state(), new WorkerMessages.StateAsked()).onSuccess(now -> onState(now.state()));
    }

    @Override
    public Future<?> stop() {
        state = State.SHUTTING_DOWN;
        leaveOff(new Stop.ShutDown());
        return handled.timeout(STOPPING_SECONDS, TimeUnit.SECONDS)
                .onFailure(failure -> LOG.error("A task did not stop in time. task={}", running))
                .otherwiseEmpty();
    }

    private void onState(State now) {
        State before = state;
        if (now == before) {
            return;
        }
        state = now;
        switch (now) {
            case AWAKE -> askIn(before == State.STARTING ? Duration.ZERO : AFTER_WAKING);
            case SHUTTING_DOWN -> leaveOff(new Stop.ShutDown());
            case ASLEEP -> leaveOff(new Stop.HandBack("because it falls asleep"));
            case ERROR -> leaveOff(new Stop.HandBack("because it is in error"));
            case STARTING -> LOG.debug("The Worker starts.");
        }
    }

    private Future<Done> onStopTask(WorkerMessages.StopTask order) {
        RunningTask task = running;
        if (task != null && task.id().equals(order.task())) {
            LOG.info("Stopping a task. task={} reason={}", order.task(), order.reason());
            task.stop(new Stop.HandBack("no longer allowed to run by Manager"));
        }
        return Future.succeededFuture(Done.DONE);
    }

    private String doing() {
        RunningTask task = running;
        if (task != null) {
            return "task=" + task.id() + " " + task.report().glance()
                    + task.stopping().map(stop -> " stopping=" + stop).orElse("");
        }
        return asking ? "asking for a task" : "no task";
    }

    private void leaveOff(Stop reason) {
        cancelNext();
        if (asked != null && reason instanceof Stop.ShutDown) {
            asked.reset();
        }
        if (running != null) {
            running.stop(reason);
        }
    }

    private Future<Void> pushIfDue() {
        RunningTask task = running;
        return task == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(() -> {
                            task.report().pushIfDue();
                            return task;
                        })
                        .mapEmpty();
    }

    private void askIn(Duration delay) {
        cancelNext();
        if (state == State.AWAKE && running == null && !asking) {
            next = timers.once("ask-for-task", delay, this::ask);
        }
    }

    private void cancelNext() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    private void ask() {
        asking = true;
        flushed()
                .compose(ready -> ready ? checkedAsk() : Future.succeededFuture(AFTER_FULL_OUTBOX))
                .onComplete(delay -> {
                    asking = false;
                    asked = null;
                    if (delay.failed() && state != State.SHUTTING_DOWN) {
                        LOG.warn(
                                "No task could be asked for. reason={}",
                                delay.cause().toString());
                    }
                    askIn(delay.succeeded() ? delay.result() : AFTER_AN_ODD_ANSWER);
                });
    }

    /**
     * Whether the Manager has heard what became of earlier tasks; one that has not would hand out the same task again. Updates
     * that it refuses hold the next task up for a few rounds only, unless there are many.
     */
    private Future<Boolean> flushed() {
        if (outbox.size() == 0) {
            return Future.succeededFuture(true);
        }
        return bus.ask(addresses.flushOutbox(), new WorkerMessages.FlushOutbox())
                .map(flushed -> {
                    boolean few = outbox.size() <= FULL_OUTBOX;
                    heldUp = outbox.size() == 0 ? 0 : heldUp + 1;
                    return heldUp == 0 || (few && heldUp > MOST_HELD_UP);
                });
    }

    private Future<Duration> checkedAsk() {
        heldUp = 0;
        return vertx.executeBlocking(() -> PathProbe.firstProblem(settings.check()))
                .compose(problem -> problem.isPresent() ? onBadPath(problem.get()) : askManager());
    }

    /** Never to be waited for: the state of error comes first. */
    private Future<Duration> onBadPath(String problem) {
        LOG.error("The check before each task failed: {}. The Worker waits for it to be put right.", problem);
        return request("error").map(AFTER_AN_ODD_ANSWER);
    }

    private Future<Duration> askManager() {
        if (state != State.AWAKE) {
            return Future.succeededFuture(AFTER_WAKING);
        }
        return manager.task(settings.longPoll(), request -> asked = request).compose(this::onAnswer);
    }

    /** What the answer means, and after which delay to ask again when no task runs then. */
    private Future<Duration> onAnswer(ManagerAnswer answer) {
        managerWaits = answer.waited();
        return switch (answer.status()) {
            case 200 -> {
                begin(answer);
                yield Future.succeededFuture(AFTER_AN_ODD_ANSWER);
            }
            case 204 -> Future.succeededFuture(managerWaits ? AFTER_WAITING_IN_VAIN : AFTER_NO_TASK);
            case 401 -> {
                bus.tell(addresses.credentialsRefused(), new WorkerMessages.CredentialsRefused());
                yield Future.succeededFuture(AFTER_AN_ODD_ANSWER);
            }
            case 423 ->
                StatusAnswer.requested(answer)
                        .map(status -> request(status).map(AFTER_NO_TASK))
                        .orElse(Future.succeededFuture(AFTER_AN_ODD_ANSWER));
            default -> {
                LOG.warn("The Manager gives no task. status={} answer={}", answer.status(), answer.text());
                yield Future.succeededFuture(AFTER_AN_ODD_ANSWER);
            }
        };
    }

    private void begin(ManagerAnswer answer) {
        AssignedTask task = AssignedTask.read(answer.body());
        LOG.info(
                "A task begins. task={} worker={} commands={}",
                task.id(),
                manager.workerName(),
                task.steps().size());
        RunningTask started = starter.start(task);
        running = started;
        bus.tell(addresses.taskStarted(), new WorkerMessages.TaskStarted(task.id()));
        if (state != State.AWAKE) {
            started.stop(
                    state == State.SHUTTING_DOWN
                            ? new Stop.ShutDown()
                            : new Stop.HandBack("because it does not take tasks now"));
        }
        handled = started.ended().compose(ending -> onEnded(started, ending));
    }

    private Future<Void> onEnded(RunningTask task, Ending ending) {
        LOG.info("A task ended. task={} worker={} ending={}", task.id(), manager.workerName(), ending);
        Optional<Stop> stop = task.stopping();
        Future<Void> reported =
                stop.isPresent() && stop.get() instanceof Stop.HandBack back ? handBack(task, back) : pushRest(task);
        return reported.onFailure(failure -> LOG.error("A task's report was not kept. task={}", task.id(), failure))
                .otherwiseEmpty()
                .compose(done -> rest(task));
    }

    private Future<Void> rest(RunningTask task) {
        running = null;
        bus.tell(addresses.taskEnded(), new WorkerMessages.TaskEnded(task.id()));
        askIn(managerWaits ? Duration.ZERO : AFTER_A_TASK);
        return settings.single() && state == State.AWAKE ? request("shutdown").mapEmpty() : Future.succeededFuture();
    }

    private Future<Void> handBack(RunningTask task, Stop.HandBack back) {
        return say(task, starter.whoIAm() + " stopped running this task, " + back.reason())
                .compose(said -> bus.ask(addresses.flushOutbox(), new WorkerMessages.FlushOutbox()))
                .transform(flushed -> manager.returnTask(task.id()))
                .transform(answer -> say(
                        task,
                        starter.whoIAm()
                                + (answer.succeeded() && answer.result().granted()
                                        ? " returned this task to the Manager queue."
                                        : " could not return this task to the Manager queue.")));
    }

    private Future<Void> say(RunningTask task, String text) {
        return vertx.executeBlocking(() -> {
                    task.report().log(text);
                    task.report().pushRest();
                    return task;
                })
                .mapEmpty();
    }

    private Future<Void> pushRest(RunningTask task) {
        return vertx.executeBlocking(() -> {
                    task.report().pushRest();
                    return task;
                })
                .mapEmpty();
    }

    private Future<Done> request(String status) {
        return bus.ask(addresses.requestStatus(), new WorkerMessages.StatusRequested(status));
    }
}
