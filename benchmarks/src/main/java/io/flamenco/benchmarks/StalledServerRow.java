package io.flamenco.benchmarks;

import io.flamenco.benchmarks.farm.FakeServer.Manner;
import io.flamenco.benchmarks.farm.Pause;
import io.flamenco.benchmarks.load.Load;
import io.flamenco.benchmarks.load.SimulatedWorker;
import io.flamenco.benchmarks.load.Turns;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Full durable cycles while the Server is well, slow, or hung, in turns on one Manager. Nothing is downloaded meanwhile:
 * the queue is long enough from the start. Before each measurement the Server is well until it has heard everything.
 */
@Command(name = "stalled-server", description = "Cycles with the Server hung and with slow round trips.")
final class StalledServerRow implements Callable<Integer> {

    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final Duration CATCH_UP = Duration.ofMinutes(2);

    @Mixin
    @Nullable
    FarmOptions options;

    @Option(names = "--workers", defaultValue = "64", description = "Number of Workers.")
    int workers;

    @Option(names = "--queued", defaultValue = "400000", description = "Tasks at the beginning.")
    long queued;

    @Option(names = "--round-trip", defaultValue = "200", description = "Milliseconds of the slow Server's answers.")
    int roundTripMillis;

    private final Rates rates = new Rates();

    @Override
    public Integer call() {
        FarmOptions chosen = Benchmarks.given(options);
        try (Farm farm = Farm.open(chosen, "stalled-server", queued, Map.of())) {
            farm.server().queue().refill(false);
            List<SimulatedWorker> crew = farm.workers(workers);
            farm.awaitDownload(queued);
            Load load = farm.load(crew, farm.turns().cycle(farm.server().queue()::onCompleted));
            Pause.of(chosen.warmUp());
            farm.stop(load);
            for (int i = 0; i < chosen.repetitions; i++) {
                manners().forEach((label, manner) -> measure(chosen, farm, crew, label, manner));
            }
            Benchmarks.print(rates.report());
            return 0;
        }
    }

    private Map<String, Manner> manners() {
        Map<String, Manner> manners = new LinkedHashMap<>();
        manners.put("Server well", new Manner.Prompt());
        manners.put("Server hung", new Manner.Hung());
        manners.put("Server slow, " + roundTripMillis + " ms", new Manner.Slow(Duration.ofMillis(roundTripMillis)));
        return manners;
    }

    private void measure(FarmOptions chosen, Farm farm, List<SimulatedWorker> crew, String label, Manner manner) {
        catchUp(farm);
        farm.server().behave(manner);
        Load load = farm.load(crew, farm.turns().cycle(farm.server().queue()::onCompleted));
        Pause.of(SETTLE);
        Measurement measured = farm.measure(label, chosen.measure());
        farm.stop(load);
        farm.server().behave(new Manner.Prompt());
        Benchmarks.print(measured.report(Turns.CYCLE));
        rates.add(label, measured.rate(Turns.CYCLE));
    }

    /** A hung Server leaves requests behind that the Manager must first give up, so this takes as long as its time-out. */
    private static void catchUp(Farm farm) {
        long completed = farm.server().queue().completed();
        boolean heard = Pause.until(() -> farm.server().updates().completedTasks() >= completed, CATCH_UP);
        if (!heard) {
            Benchmarks.print("The Server has heard of %d of %d completions %d s after it became well.%n"
                    .formatted(farm.server().updates().completedTasks(), completed, CATCH_UP.toSeconds()));
        }
    }
}
