package io.flamenco.worker.task;

import io.flamenco.shared.bus.FarmBus;
import io.flamenco.worker.blocking.AssignedTask;
import io.flamenco.worker.blocking.PathProbe;
import io.flamenco.worker.bus.WorkerAddresses;
import io.flamenco.worker.bus.WorkerMessages;
import io.flamenco.worker.manager.ManagerAnswer;
import io.flamenco.worker.manager.ManagerClient;
import io.flamenco.worker.manager.StatusAnswer;
import io.flamenco.worker.outbox.OutboxFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where tasks come from: asks the Manager for the next one, when it has heard what became of the last and the paths that
 * must be usable are. Lives on one event loop.
 */
final class TaskSource {

    static final Duration AFTER_AN_ODD_ANSWER = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(TaskSource.class);

    /** More waiting updates than this, and no further task is asked for. */
    private static final int FULL_OUTBOX = 10;

    /** Rounds for which updates that the Manager refuses hold up the next task. */
    private static final int MOST_HELD_UP = 3;

    private static final Duration AFTER_NO_TASK = Duration.ofSeconds(5);
    private static final Duration AFTER_FULL_OUTBOX = Duration.ofSeconds(2);
    private static final Duration AFTER_WAITING_IN_VAIN = Duration.ofMillis(100);

    private final Vertx vertx;
    private final FarmBus bus;
    private final WorkerAddresses addresses;
    private final ManagerClient manager;
    private final OutboxFile outbox;
    private final TaskLoopVerticle.Settings settings;
    private boolean managerWaits;
    private int heldUp;
    private @Nullable HttpClientRequest underWay;

    /** What came of asking. */
    sealed interface Outcome {

        /** A task to carry out. */
        record Given(AssignedTask task) implements Outcome {}

        /** No task now. */
        record Nothing(Duration askAgainAfter) implements Outcome {}
    }

    TaskSource(
            Vertx vertx,
            FarmBus bus,
            WorkerAddresses addresses,
            ManagerClient manager,
            OutboxFile outbox,
            TaskLoopVerticle.Settings settings) {
        this.vertx = vertx;
        this.bus = bus;
        this.addresses = addresses;
        this.manager = manager;
        this.outbox = outbox;
        this.settings = settings;
    }

    /** Whether the Manager held the last request until it had a task; such a one can be asked again at once. */
    boolean managerWaits() {
        return managerWaits;
    }

    /** Breaks off a request that the Manager holds. */
    void breakOff() {
        if (underWay != null) {
            underWay.reset();
        }
    }

    /**
     * The next task, if there is one.
     *
     * @param wanted whether the Worker still wants one when its turn to ask has come, and when it has a connection
     */
    Future<Outcome> next(BooleanSupplier wanted) {
        return flushed()
                .compose(ready -> ready ? checked(wanted) : nothing(AFTER_FULL_OUTBOX))
                .onComplete(answered -> underWay = null);
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

    private Future<Outcome> checked(BooleanSupplier wanted) {
        heldUp = 0;
        return vertx.executeBlocking(() -> PathProbe.firstProblem(settings.check()))
                .compose(problem -> problem.isPresent() ? onBadPath(problem.get()) : askManager(wanted));
    }

    /** Never to be waited for: the state of error comes first. */
    private Future<Outcome> onBadPath(String problem) {
        LOG.error("The check before each task failed: {}. The Worker waits for it to be put right.", problem);
        return request("error", AFTER_AN_ODD_ANSWER);
    }

    private Future<Outcome> askManager(BooleanSupplier wanted) {
        return wanted.getAsBoolean()
                ? manager.task(settings.longPoll(), request -> begun(request, wanted))
                        .compose(this::onAnswer)
                : nothing(AFTER_NO_TASK);
    }

    /** The connection may have come late: a Worker that ends meanwhile must not be given a task. */
    private void begun(HttpClientRequest request, BooleanSupplier wanted) {
        underWay = request;
        if (!wanted.getAsBoolean()) {
            request.reset();
        }
    }

    private Future<Outcome> onAnswer(ManagerAnswer answer) {
        managerWaits = answer.waited();
        return switch (answer.status()) {
            case 200 -> Future.succeededFuture(new Outcome.Given(AssignedTask.read(answer.body())));
            case 204 -> nothing(managerWaits ? AFTER_WAITING_IN_VAIN : AFTER_NO_TASK);
            case 401 -> {
                bus.tell(addresses.credentialsRefused(), new WorkerMessages.CredentialsRefused());
                yield nothing(AFTER_AN_ODD_ANSWER);
            }
            case 423 ->
                StatusAnswer.requested(answer)
                        .map(status -> request(status, AFTER_NO_TASK))
                        .orElseGet(() -> nothing(AFTER_AN_ODD_ANSWER));
            default -> {
                LOG.warn("The Manager gives no task. status={} answer={}", answer.status(), answer.text());
                yield nothing(AFTER_AN_ODD_ANSWER);
            }
        };
    }

    private Future<Outcome> request(String status, Duration askAgainAfter) {
        return bus.ask(addresses.requestStatus(), new WorkerMessages.StatusRequested(status))
                .map(new Outcome.Nothing(askAgainAfter));
    }

    private static Future<Outcome> nothing(Duration askAgainAfter) {
        return Future.succeededFuture(new Outcome.Nothing(askAgainAfter));
    }
}
