package io.flamenco.worker;

import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.kernel.Kernel;
import io.flamenco.shared.kernel.Role;
import io.flamenco.shared.time.Timers;
import io.flamenco.shared.time.VertxTimers;
import io.flamenco.worker.bus.WorkerAddresses;
import io.flamenco.worker.bus.WorkerMessages;
import io.flamenco.worker.bus.WorkerMessages.State;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Worker. */
public final class WorkerRole implements Role {

    /** The verticles of a Worker, in the order in which they start. */
    static final List<String> VERTICLES = List.of("session", "outbox", "may-i-run", "task-loop");

    private static final Logger LOG = LoggerFactory.getLogger(WorkerRole.class);
    private static final int CLEAN = 0;
    private static final int GAVE_UP = 1;
    private static final long DESCRIBED_WITHIN_SECONDS = 1;

    private final FarmBus bus;
    private final WorkerAddresses addresses;
    private final Kernel kernel;
    private final WorkerResources resources;
    private final Promise<Integer> ended = Promise.promise();
    private final Promise<Void> started = Promise.promise();
    private @Nullable Future<Void> stopped;

    private WorkerRole(FarmBus bus, WorkerAddresses addresses, Kernel kernel, WorkerResources resources) {
        this.bus = bus;
        this.addresses = addresses;
        this.kernel = kernel;
        this.resources = resources;
    }

    /**
     * Starts a Worker. It runs on whether or not its Manager can be reached, and goes on trying.
     *
     * @return the Worker; a {@link io.flamenco.shared.kernel.StartFailure} when it cannot run at all
     */
    public static Future<WorkerRole> start(Vertx vertx, WorkerConfig config) {
        return start(vertx, config, new VertxTimers(vertx), Clock.systemUTC());
    }

    /** As {@link #start(Vertx, WorkerConfig)}, with a time of its own. */
    static Future<WorkerRole> start(Vertx vertx, WorkerConfig config, Timers timers, Clock clock) {
        return WorkerResources.open(vertx, config)
                .compose(resources -> deploy(vertx, new WorkerParts(vertx, config, resources, timers, clock)));
    }

    private static Future<WorkerRole> deploy(Vertx vertx, WorkerParts parts) {
        WorkerConfig config = parts.config();
        Kernel kernel = new Kernel(vertx, "worker")
                .add("session", config.verticle("session"), parts::session)
                .add("outbox", config.verticle("outbox"), parts::outbox)
                .add("may-i-run", config.verticle("may-i-run"), parts::mayIRun)
                .add("task-loop", config.verticle("task-loop"), parts::taskLoop);
        WorkerRole role = new WorkerRole(parts.bus(), parts.addresses(), kernel, parts.resources());
        role.listen();
        return role.deployAll();
    }

    private Future<WorkerRole> deployAll() {
        kernel.start()
                .recover(failure -> resources.close().transform(closed -> Future.failedFuture(failure)))
                .onComplete(started);
        return started.future().map(this);
    }

    private void listen() {
        bus.hear(addresses.stateChanged(), changed -> {
            if (changed.state() == State.SHUTTING_DOWN) {
                end(CLEAN);
            }
        });
        bus.hear(addresses.gaveUp(), gaveUp -> {
            LOG.error("The Worker ends: {}", gaveUp.reason());
            end(GAVE_UP);
        });
    }

    @Override
    public String name() {
        return "worker";
    }

    /** Empty: a Worker calls its Manager and listens to nobody. */
    @Override
    public Optional<URI> url() {
        return Optional.empty();
    }

    /** 0 after a shutdown in good order, 1 when the Manager will not have this Worker. */
    @Override
    public Future<Integer> ended() {
        return ended.future();
    }

    @Override
    public Future<Void> stop() {
        return end(CLEAN);
    }

    /** Sends the Worker to sleep; a task that runs is handed back. */
    public Future<Done> sleep() {
        return bus.ask(addresses.requestStatus(), new WorkerMessages.StatusRequested("asleep"));
    }

    /** Wakes the Worker. */
    public Future<Done> wake() {
        return bus.ask(addresses.requestStatus(), new WorkerMessages.StatusRequested("awake"));
    }

    /** The state of the Worker in one line for the log. */
    public Future<String> describe() {
        return bus.ask(addresses.state(), new WorkerMessages.StateAsked())
                .compose(state -> bus.ask(addresses.doing(), new WorkerMessages.DoingAsked())
                        .map(doing -> "worker=" + resources.manager().workerName() + " state=" + state.state()
                                + " doing=\"" + doing.what() + "\" outbox="
                                + resources.outbox().size()));
    }

    /** What is still starting is let to start first. */
    private synchronized Future<Void> end(int exitCode) {
        if (stopped == null) {
            stopped = started.future()
                    .transform(starting -> describe().timeout(DESCRIBED_WITHIN_SECONDS, TimeUnit.SECONDS))
                    .onSuccess(state -> LOG.info("The Worker stops. {}", state))
                    .transform(told -> kernel.stop())
                    .eventually(resources::close)
                    .onComplete(done -> ended.tryComplete(exitCode));
        }
        return stopped;
    }
}
