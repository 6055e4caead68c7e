package io.flamenco.benchmarks;

import io.flamenco.benchmarks.farm.Pause;
import io.flamenco.benchmarks.load.Load;
import io.flamenco.benchmarks.load.SimulatedWorker;
import io.flamenco.benchmarks.load.Turns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Full durable cycles: each Worker asks for a task and reports it completed, over and over, while the fake Server makes
 * up for what is completed, so that the queue keeps its length and every task's download and push is part of the cost.
 */
@Command(name = "cycles", description = "Full durable cycles, by number of Workers and length of the queue.")
final class CyclesRow implements Callable<Integer> {

    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final Duration REPORTED_WITHIN = Duration.ofMinutes(2);

    @Mixin
    @Nullable
    FarmOptions options;

    @Option(names = "--workers", split = ",", defaultValue = "64", description = "Numbers of Workers.")
    List<Integer> workers = List.of();

    @Option(names = "--queued", split = ",", defaultValue = "10000", description = "Lengths of the queue.")
    List<Long> queued = List.of();

    private final Rates rates = new Rates();

    /** A farm whose queue has one of the lengths. */
    private record Candidate(long queued, Farm farm, List<SimulatedWorker> crew) {}

    @Override
    public Integer call() {
        FarmOptions chosen = Benchmarks.given(options);
        List<Candidate> candidates = new ArrayList<>();
        try {
            queued.forEach(length -> candidates.add(open(chosen, length)));
            candidates.forEach(candidate -> warmUp(chosen, candidate));
            for (int i = 0; i < chosen.repetitions; i++) {
                candidates.forEach(candidate -> measure(chosen, candidate));
            }
            Benchmarks.print(rates.report());
            candidates.forEach(CyclesRow::awaitReports);
            return 0;
        } finally {
            candidates.forEach(candidate -> candidate.farm().close());
        }
    }

    private Candidate open(FarmOptions chosen, long length) {
        Farm farm = Farm.open(chosen, "cycles-" + length, length, Map.of());
        Candidate candidate = new Candidate(length, farm, farm.workers(Collections.max(workers)));
        farm.awaitDownload(length);
        return candidate;
    }

    private void warmUp(FarmOptions chosen, Candidate candidate) {
        Load load = cycles(candidate, Collections.max(workers));
        Measurement warming = candidate.farm().measure("warm-up " + candidate.queued(), chosen.warmUp());
        candidate.farm().stop(load);
        Benchmarks.print(warming.report(Turns.CYCLE));
    }

    private void measure(FarmOptions chosen, Candidate candidate) {
        for (int count : workers) {
            Load load = cycles(candidate, count);
            Pause.of(SETTLE);
            String label = count + " W, " + candidate.queued() + " queued";
            Measurement measured = candidate.farm().measure(label, chosen.measure());
            candidate.farm().stop(load);
            Benchmarks.print(measured.report(Turns.CYCLE));
            rates.add(label, measured.rate(Turns.CYCLE));
        }
    }

    private static Load cycles(Candidate candidate, int count) {
        Farm farm = candidate.farm();
        return farm.load(
                candidate.crew().subList(0, count),
                farm.turns().cycle(farm.server().queue()::onCompleted));
    }

    /** What was acknowledged must reach the Server; how long that takes tells how far the outbox lagged behind. */
    private static void awaitReports(Candidate candidate) {
        Farm farm = candidate.farm();
        long completed = farm.server().queue().completed();
        int atOnce = farm.server().updates().completedTasks();
        long begin = System.nanoTime();
        Pause.until(() -> farm.server().updates().completedTasks() >= completed, REPORTED_WITHIN);
        Benchmarks.print(
                "%d queued: of %d acknowledged completions the Server had heard %d at the end, %d after %.1f s%n"
                        .formatted(
                                candidate.queued(),
                                completed,
                                atOnce,
                                farm.server().updates().completedTasks(),
                                (System.nanoTime() - begin) / 1e9));
    }
}
