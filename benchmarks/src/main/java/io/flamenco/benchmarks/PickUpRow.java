package io.flamenco.benchmarks;

import io.flamenco.benchmarks.farm.Pause;
import io.flamenco.benchmarks.farm.TaskQueue;
import io.flamenco.benchmarks.http.Answer;
import io.flamenco.benchmarks.load.Load;
import io.flamenco.benchmarks.load.SimulatedWorker;
import io.flamenco.benchmarks.load.Turns;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How long a waiting Worker waits for a task that has just come. All Workers wait with {@code Prefer: wait}; again and
 * again the Manager downloads a few tasks. Measured from the last byte of the Server's answer, as it is handed to the
 * operating system, to the Worker's complete answer.
 */
@Command(name = "pick-up", description = "Latency of long-polling Workers after tasks appear.")
final class PickUpRow implements Callable<Integer> {

    private static final String PICK_UP = "pick-up";
    private static final int LONG_POLL_SECONDS = 30;
    private static final Duration ROUND_WITHIN = Duration.ofSeconds(30);

    @Mixin
    @Nullable
    FarmOptions options;

    @Option(names = "--workers", defaultValue = "64", description = "Number of waiting Workers.")
    int workers;

    @Option(names = "--tasks", defaultValue = "10", description = "Tasks that come at once.")
    int tasks;

    @Option(names = "--rounds", defaultValue = "40", description = "How often tasks come.")
    int rounds;

    private final Queue<Long> arrivals = new ConcurrentLinkedQueue<>();

    @Override
    public Integer call() {
        FarmOptions chosen = Benchmarks.given(options);
        try (Farm farm = Farm.open(chosen, "pick-up", 0, Map.of())) {
            farm.server().queue().refill(false);
            List<SimulatedWorker> crew = farm.workers(workers);
            Load load = farm.load(crew, worker -> waitForTask(farm, worker));
            for (int i = 0; i < rounds / 4; i++) {
                round(farm);
            }
            Measurement.Begun begun = Measurement.begin(workers + " waiting", farm.tally(), farm.manager());
            for (int i = 0; i < rounds; i++) {
                round(farm);
            }
            Benchmarks.print(begun.end().report(PICK_UP));
            load.abandon();
            return 0;
        }
    }

    private Future<?> waitForTask(Farm farm, SimulatedWorker worker) {
        return worker.awaitTask(LONG_POLL_SECONDS)
                .compose(answer -> complete(farm, worker, answer))
                .otherwise(failure -> {
                    farm.tally().failed(Turns.TASK, failure);
                    return null;
                });
    }

    private Future<?> complete(Farm farm, SimulatedWorker worker, Answer answer) {
        if (answer.status() == 200) {
            arrivals.add(System.nanoTime());
            return worker.update(Turns.COMPLETED);
        }
        if (answer.status() != 204) {
            farm.tally().refused(Turns.TASK, answer);
        }
        return farm.turns().breather();
    }

    private void round(Farm farm) {
        arrivals.clear();
        int before = farm.server().queue().downloads().size();
        farm.server().queue().add(tasks);
        if (!Pause.until(() -> arrivals.size() >= tasks, ROUND_WITHIN)) {
            farm.tally().odd("only " + arrivals.size() + " of " + tasks + " tasks were picked up in time");
            return;
        }
        TaskQueue.Download download = farm.server().queue().downloads().get(before);
        arrivals.forEach(arrival -> farm.tally().record(PICK_UP, arrival - download.answeredNanos()));
    }
}
