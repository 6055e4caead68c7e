package io.flamenco.worker.task;

import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.time.Timers;
import io.flamenco.worker.blocking.AssignedTask;
import io.flamenco.worker.blocking.PreTaskCheck;
import io.flamenco.worker.blocking.RunningTask;
import io.flamenco.worker.blocking.RunningTask.Stop;
import io.flamenco.worker.blocking.TaskExecution.Ending;
import io.flamenco.worker.bus.WorkerAddresses;
import io.flamenco.worker.bus.WorkerMessages;
import io.flamenco.worker.bus.WorkerMessages.State;
import io.flamenco.worker.manager.ManagerClient;
import io.flamenco.worker.outbox.OutboxFile;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for tasks and has them carried out, one at a time. */
public final class TaskLoopVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(TaskLoopVerticle.class);

    private static final Duration AFTER_WAKING = Duration.ofSeconds(3);
    private static final Duration AFTER_A_TASK = Duration.ofSeconds(3);
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
    private @Nullable TaskSource source;
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
        source = new TaskSource(vertx, bus, addresses, manager, outbox, settings);
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
                .onFailure(failure -> LOG.error("A task did not stop in time. {}", doing()))
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
        if (reason instanceof Stop.ShutDown) {
            tasks().breakOff();
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

    private TaskSource tasks() {
        return Objects.requireNonNull(source, "made at the start");
    }

    private void ask() {
        asking = true;
        tasks().next(() -> state == State.AWAKE)
                .map(this::onOutcome)
                .otherwise(failure -> {
                    if (state == State.AWAKE) {
                        LOG.warn("No task could be asked for. reason={}", failure.toString());
                    }
                    return TaskSource.AFTER_AN_ODD_ANSWER;
                })
                .onSuccess(askAgainAfter -> {
                    asking = false;
                    askIn(askAgainAfter);
                });
    }

    /** When to ask again, unless a task runs then. */
    private Duration onOutcome(TaskSource.Outcome outcome) {
        return switch (outcome) {
            case TaskSource.Outcome.Given given -> {
                begin(given.task());
                yield AFTER_A_TASK;
            }
            case TaskSource.Outcome.Nothing nothing -> nothing.askAgainAfter();
        };
    }

    private void begin(AssignedTask task) {
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
        if (settings.single() && state == State.AWAKE) {
            return request("shutdown").mapEmpty();
        }
        askIn(tasks().managerWaits() ? Duration.ZERO : AFTER_A_TASK);
        return Future.succeededFuture();
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
                    return task;
                })
                .compose(this::pushRest);
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
