package io.flamenco.worker.mayirun;

import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.time.Timers;
import io.flamenco.shared.wire.MayKeepRunning;
import io.flamenco.shared.wire.WireJson;
import io.flamenco.shared.wire.WireJsonException;
import io.flamenco.worker.bus.WorkerAddresses;
import io.flamenco.worker.bus.WorkerMessages;
import io.flamenco.worker.manager.ManagerAnswer;
import io.flamenco.worker.manager.ManagerClient;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the Manager again and again whether the running task may go on. */
public final class MayIRunVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(MayIRunVerticle.class);

    private final FarmBus bus;
    private final WorkerAddresses addresses;
    private final Timers timers;
    private final ManagerClient manager;
    private final Duration interval;
    private @Nullable TaskId running;

    public MayIRunVerticle(
            FarmBus bus, WorkerAddresses addresses, Timers timers, ManagerClient manager, Duration interval) {
        this.bus = bus;
        this.addresses = addresses;
        this.timers = timers;
        this.manager = manager;
        this.interval = interval;
    }

    @Override
    public Future<?> start() {
        bus.hear(addresses.taskStarted(), started -> running = started.task());
        bus.hear(addresses.taskEnded(), ended -> running = null);
        timers.every("may-i-run", interval, interval, this::ask);
        return Future.succeededFuture();
    }

    private Future<Void> ask() {
        TaskId task = running;
        if (task == null) {
            return Future.succeededFuture();
        }
        return manager.mayIRun(task).map(answer -> onAnswer(task, answer)).otherwise(silence -> {
            LOG.warn(
                    "The Manager does not say whether the task may go on, so it does. task={} reason={}",
                    task,
                    silence.getMessage());
            return null;
        });
    }

    private @Nullable Void onAnswer(TaskId task, ManagerAnswer answer) {
        if (answer.status() == 401) {
            bus.tell(addresses.credentialsRefused(), new WorkerMessages.CredentialsRefused());
            return null;
        }
        understood(answer)
                .ifPresentOrElse(
                        verdict -> onVerdict(task, verdict),
                        () -> LOG.warn(
                                "The answer to may-i-run cannot be understood, so the task goes on. task={} status={}",
                                task,
                                answer.status()));
        return null;
    }

    /** The task is told why it stops before the new status stops it for that alone. */
    private void onVerdict(TaskId task, MayKeepRunning verdict) {
        if (verdict.mayKeepRunning()) {
            return;
        }
        LOG.info("The Manager wants the task stopped. task={} reason={}", task, verdict.reason());
        ordered(bus.ask(addresses.stopTask(), new WorkerMessages.StopTask(task, verdict.reason()))
                .transform(stopping -> verdict.statusRequested().isEmpty()
                        ? Future.succeededFuture()
                        : bus.ask(
                                addresses.requestStatus(),
                                new WorkerMessages.StatusRequested(verdict.statusRequested()))));
    }

    private static void ordered(Future<?> order) {
        order.onFailure(failure -> LOG.warn("An order was not carried out. reason={}", failure.getMessage()));
    }

    /** A reply that says nothing of the question is none. */
    private static Optional<MayKeepRunning> understood(ManagerAnswer answer) {
        try {
            boolean tells = WireJson.read(answer.body(), Map.class).get("may_keep_running") instanceof Boolean;
            return tells ? Optional.of(WireJson.read(answer.body(), MayKeepRunning.class)) : Optional.empty();
        } catch (WireJsonException e) {
            return Optional.empty();
        }
    }
}
