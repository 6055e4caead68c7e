package io.flamenco.benchmarks.load;

import io.flamenco.benchmarks.http.Answer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a simulated Worker repeats, with each answer counted. */
public final class Turns {

    /** Latency of {@code POST /task}. */
    public static final String TASK = "POST /task";

    /** Latency of the update that completes a task. */
    public static final String UPDATE = "POST update";

    /** From asking for a task to the acknowledgement that it is completed. */
    public static final String CYCLE = "cycle";

    /** The last update of a task. */
    public static final String COMPLETED =
            "{\"task_status\":\"completed\",\"activity\":\"Completed\",\"task_progress_percentage\":100}";

    private static final Duration BREATHER = Duration.ofMillis(50);

    private final Vertx vertx;
    private final Tally tally;

    /** Turns that count in that tally. */
    public Turns(Vertx vertx, Tally tally) {
        this.vertx = vertx;
        this.tally = tally;
    }

    /** Gets a task and reports it completed; both acknowledged. Runs the last argument for each one completed. */
    public Function<SimulatedWorker, Future<?>> cycle(Runnable onCompleted) {
        return worker -> {
            long begin = System.nanoTime();
            return counted(TASK, 200, worker::askTask)
                    .compose(got -> got
                            ? counted(UPDATE, 204, () -> worker.update(COMPLETED))
                                    .map(done -> {
                                        if (done) {
                                            tally.record(CYCLE, System.nanoTime() - begin);
                                            onCompleted.run();
                                        }
                                        return done;
                                    })
                            : breather());
        };
    }

    /** Repeats one call. */
    public Function<SimulatedWorker, Future<?>> call(
            String name, int hoped, Function<SimulatedWorker, Future<Answer>> call) {
        return worker -> counted(name, hoped, () -> call.apply(worker))
                .compose(well -> well ? Future.succeededFuture(true) : breather());
    }

    /** Counts the call; the result tells whether it was answered as hoped. Never fails. */
    private Future<Boolean> counted(String name, int hoped, Supplier<Future<Answer>> call) {
        long begin = System.nanoTime();
        return call.get()
                .map(answer -> {
                    if (answer.status() == hoped) {
                        tally.record(name, System.nanoTime() - begin);
                    } else {
                        tally.refused(name, answer);
                    }
                    return answer.status() == hoped;
                })
                .otherwise(failure -> {
                    tally.failed(name, failure);
                    return false;
                });
    }

    /** A short rest for a Worker that got nothing, so that it does not run in circles. */
    public Future<Boolean> breather() {
        return vertx.timer(BREATHER.toMillis(), TimeUnit.MILLISECONDS).map(over -> false);
    }
}
