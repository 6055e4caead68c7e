package io.flamenco.worker.session;

import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.time.Timers;
import io.flamenco.worker.bus.WorkerAddresses;
import io.flamenco.worker.bus.WorkerMessages;
import io.flamenco.worker.bus.WorkerMessages.State;
import io.flamenco.worker.domain.WorkerState;
import io.flamenco.worker.manager.ManagerAnswer;
import io.flamenco.worker.manager.ManagerClient;
import io.flamenco.worker.manager.StatusAnswer;
import io.flamenco.worker.session.Handshake.Outcome;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the Worker's place at its Manager, and its state. */
public final class SessionVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(SessionVerticle.class);
    private static final Duration RETRY = Duration.ofSeconds(30);

    /** The first retries come sooner, so that a farm that is started as a whole is soon at work. */
    private static final List<Duration> FIRST_RETRIES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10));

    private static final Duration ASK_STATUS_EVERY = Duration.ofSeconds(30);
    private static final Duration ERROR_LASTS = Duration.ofMinutes(10);
    private static final long SIGN_OFF_SECONDS = 5;

    private final FarmBus bus;
    private final WorkerAddresses addresses;
    private final Timers timers;
    private final ManagerClient manager;
    private final Handshake handshake;
    private final boolean testing;
    private final List<Timers.Timer> ofThisState = new ArrayList<>();
    private WorkerState state = new WorkerState.Starting();
    private Future<Outcome> handshakeUnderWay = Future.succeededFuture();
    private boolean stopping;
    private boolean retryPlanned;
    private int attempts;

    /**
     * @param testing whether to tell the Manager that this Worker takes test tasks only
     */
    public SessionVerticle(
            FarmBus bus,
            WorkerAddresses addresses,
            Timers timers,
            ManagerClient manager,
            CredentialsFile file,
            Introduction introduction,
            boolean testing) {
        this.bus = bus;
        this.addresses = addresses;
        this.timers = timers;
        this.manager = manager;
        this.handshake = new Handshake(manager, file, introduction);
        this.testing = testing;
    }

    @Override
    public Future<?> start() {
        bus.answer(addresses.state(), asked -> Future.succeededFuture(new WorkerMessages.StateChanged(told(state))));
        bus.answer(addresses.requestStatus(), request -> {
            apply(new WorkerState.Requested(request.status()));
            return Future.succeededFuture(Done.DONE);
        });
        bus.hear(addresses.credentialsRefused(), refused -> onCredentialsRefused());
        shakeHands();
        return Future.succeededFuture();
    }

    /** Waits for a handshake that is under way, so that a Manager that has let this Worker in hears that it leaves. */
    @Override
    public Future<?> stop() {
        stopping = true;
        forgetTimers();
        return handshakeUnderWay.timeout(SIGN_OFF_SECONDS, TimeUnit.SECONDS).transform(ended -> signOff());
    }

    private Future<Void> signOff() {
        if (manager.credentials().isEmpty()) {
            return Future.succeededFuture();
        }
        return manager.signOff()
                .timeout(SIGN_OFF_SECONDS, TimeUnit.SECONDS)
                .onSuccess(answer -> LOG.info("Signed off. status={}", answer.status()))
                .transform(answer -> {
                    if (answer.failed()) {
                        LOG.warn(
                                "The Manager did not hear the sign-off; it will miss this Worker after a while. "
                                        + "reason={}",
                                answer.cause().getMessage());
                    }
                    return Future.succeededFuture();
                });
    }

    /** Every call is refused while the Manager does not know the Worker; one attempt at a time goes on as planned. */
    private void onCredentialsRefused() {
        if (!retryPlanned) {
            shakeHands();
        }
    }

    private void shakeHands() {
        retryPlanned = false;
        if (stopping || !handshakeUnderWay.isComplete() || state instanceof WorkerState.ShuttingDown) {
            return;
        }
        handshakeUnderWay = handshake
                .attempt()
                .otherwise(failure -> new Outcome.TryLater("an attempt failed (" + failure + ")"))
                .onSuccess(this::onOutcome);
    }

    private void onOutcome(Outcome outcome) {
        switch (outcome) {
            case Outcome.Welcome welcome -> onWelcome();
            case Outcome.TryLater later -> {
                Duration pause = attempts < FIRST_RETRIES.size() ? FIRST_RETRIES.get(attempts) : RETRY;
                attempts++;
                LOG.warn(
                        "Cannot sign on at the Manager yet: {}. manager={} pause={}",
                        later.reason(),
                        manager.url(),
                        pause);
                retryPlanned = true;
                timers.once("sign-on", pause, this::shakeHands);
            }
            case Outcome.Hopeless hopeless ->
                bus.tell(addresses.gaveUp(), new WorkerMessages.GaveUp(hopeless.reason()));
        }
    }

    private void onWelcome() {
        attempts = 0;
        LOG.info("The Manager knows this Worker. worker={} manager={}", manager.workerName(), manager.url());
        if (testing) {
            acknowledge("testing");
        }
        apply(new WorkerState.Accepted());
    }

    private void apply(WorkerState.Event event) {
        WorkerState.Step step = state.on(event);
        boolean changed = !step.state().equals(state);
        state = step.state();
        if (changed) {
            LOG.info("The Worker is in another state. worker={} state={}", manager.workerName(), told(state));
            enter();
            bus.tell(addresses.stateChanged(), new WorkerMessages.StateChanged(told(state)));
        }
        step.acknowledge().ifPresent(this::acknowledge);
    }

    private void enter() {
        forgetTimers();
        if (state instanceof WorkerState.Asleep || state instanceof WorkerState.InError) {
            ofThisState.add(
                    timers.every("status-change", ASK_STATUS_EVERY, ASK_STATUS_EVERY, this::askForStatusChange));
        }
        if (state instanceof WorkerState.InError) {
            ofThisState.add(timers.once("error-ends", ERROR_LASTS, () -> apply(new WorkerState.ErrorWaitedOut())));
        }
    }

    private void forgetTimers() {
        ofThisState.forEach(Timers.Timer::cancel);
        ofThisState.clear();
    }

    private Future<Void> askForStatusChange() {
        return manager.statusChange().map(this::onStatusChange);
    }

    private Void onStatusChange(ManagerAnswer answer) {
        if (answer.status() == 401) {
            onCredentialsRefused();
        } else if (answer.status() == 200) {
            StatusAnswer.requested(answer).ifPresent(status -> apply(new WorkerState.Requested(status)));
        } else if (answer.status() != 204) {
            LOG.warn("The Manager answered oddly to status-change. status={}", answer.status());
        }
        return null;
    }

    private void acknowledge(String status) {
        manager.acknowledge(status)
                .onFailure(failure -> LOG.warn(
                        "The Manager did not hear that the status is taken. status={} reason={}",
                        status,
                        failure.getMessage()));
    }

    private static State told(WorkerState state) {
        return switch (state) {
            case WorkerState.Starting starting -> State.STARTING;
            case WorkerState.Awake awake -> State.AWAKE;
            case WorkerState.Asleep asleep -> State.ASLEEP;
            case WorkerState.InError error -> State.ERROR;
            case WorkerState.ShuttingDown ending -> State.SHUTTING_DOWN;
        };
    }
}
