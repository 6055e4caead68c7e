package io.flamenco.benchmarks;

import io.flamenco.benchmarks.farm.Pause;
import io.flamenco.benchmarks.farm.TaskQueue;
import io.flamenco.benchmarks.load.SimulatedWorker;
import io.flamenco.benchmarks.load.Turns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How long a large download takes: from the Manager's request until a Worker gets the last task of the answer, which is of
 * a type that no other task has. The first one meets a Java that has just started, the others a warm one.
 */
@Command(name = "download", description = "Time to download many tasks until the queue is ready.")
final class DownloadRow implements Callable<Integer> {

    private static final String PROBE = "probe";
    private static final Duration READY_WITHIN = Duration.ofMinutes(5);

    @Mixin
    @Nullable
    FarmOptions options;

    @Option(names = "--tasks", defaultValue = "100000", description = "Tasks in one download.")
    int tasks;

    @Override
    public Integer call() {
        FarmOptions chosen = Benchmarks.given(options);
        TaskQueue queue = new TaskQueue(tasks);
        offer(queue);
        try (Farm farm = Farm.open(chosen, "download", queue, Map.of())) {
            SimulatedWorker prober = farm.workers(1, List.of(PROBE)).getFirst();
            report(farm, prober, "cold", 0);
            for (int i = 1; i <= chosen.repetitions; i++) {
                offer(queue);
                report(farm, prober, "warm", i);
            }
            return 0;
        }
    }

    private void offer(TaskQueue queue) {
        queue.endNextDownloadWith(PROBE);
        queue.add(tasks);
    }

    private void report(Farm farm, SimulatedWorker prober, String label, int number) {
        Measurement.Begun begun = Measurement.begin(label + " download", farm.tally(), farm.manager());
        if (!Pause.until(() -> Farm.gotTask(prober), READY_WITHIN)) {
            throw new IllegalStateException("The queue was not ready within " + READY_WITHIN.toMinutes() + " minutes.");
        }
        TaskQueue.Download download = farm.server().queue().downloads().get(number);
        long ready = System.nanoTime();
        Benchmarks.print("%s: %d tasks, answered in %.2f s, queue ready %.2f s after the request%n"
                .formatted(
                        label,
                        download.tasks(),
                        (download.answeredNanos() - download.askedNanos()) / 1e9,
                        (ready - download.askedNanos()) / 1e9));
        Benchmarks.print(begun.end().report(PROBE));
        Pause.until(prober.update(Turns.COMPLETED), READY_WITHIN, "Completing the last task");
    }
}
