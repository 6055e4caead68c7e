package io.flamenco.benchmarks;

import io.flamenco.benchmarks.farm.Pause;
import io.flamenco.benchmarks.load.Load;
import io.flamenco.benchmarks.load.SimulatedWorker;
import io.flamenco.benchmarks.load.Turns;
import io.flamenco.benchmarks.load.Viewers;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Full durable cycles with and without people who watch a log that grows all the time, in turns on one Manager. The viewers take
 * their share of the same processors.
 */
@Command(name = "viewers", description = "Cycles with and without viewers of one busy log.")
final class ViewersRow implements Callable<Integer> {

    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(30);
    private static final int LINE_BYTES = 100;

    @Mixin
    @Nullable
    FarmOptions options;

    @Option(names = "--workers", defaultValue = "64", description = "Number of Workers.")
    int workers;

    @Option(names = "--viewers", defaultValue = "1000", description = "Number of viewers.")
    int viewers;

    @Option(names = "--lines", defaultValue = "40", description = "Lines of log in a second.")
    int lines;

    @Option(names = "--queued", defaultValue = "200000", description = "Tasks at the beginning.")
    long queued;

    private final Rates rates = new Rates();

    @Override
    public Integer call() {
        FarmOptions chosen = Benchmarks.given(options);
        Map<String, String> settings = Map.of(
                "user_authentication", "{disableSecurity: true}", "event_bus", "{connections_per_address: 10000}");
        try (Farm farm = Farm.open(chosen, "viewers", queued, settings)) {
            farm.server().queue().refill(false);
            List<SimulatedWorker> crew = farm.workers(workers + 1);
            farm.awaitDownload(queued);
            SimulatedWorker writer = crew.getLast();
            farm.takeTasks(List.of(writer));
            long timer = farm.vertx().setPeriodic(1000, second -> writer.update(piece()));
            measure(chosen, farm, crew.subList(0, workers), "warm-up", 0, writer.task());
            for (int i = 0; i < chosen.repetitions; i++) {
                measure(chosen, farm, crew.subList(0, workers), "nobody watches", 0, writer.task());
                measure(chosen, farm, crew.subList(0, workers), viewers + " watch", viewers, writer.task());
            }
            farm.vertx().cancelTimer(timer);
            Benchmarks.print(rates.report());
            return 0;
        }
    }

    private String piece() {
        return new JsonObject()
                .put("log", ("x".repeat(LINE_BYTES - 1) + "\n").repeat(lines))
                .encode();
    }

    private void measure(
            FarmOptions chosen, Farm farm, List<SimulatedWorker> crew, String label, int count, String task) {
        Viewers audience = new Viewers(farm.vertx(), farm.manager().url());
        Pause.until(audience.watch(count, task), CONNECTED_WITHIN, "Connecting the viewers");
        Load load = farm.load(crew, farm.turns().cycle(farm.server().queue()::onCompleted));
        Pause.of(SETTLE);
        long before = audience.heard();
        Measurement measured = farm.measure(label, chosen.measure());
        long heard = audience.heard() - before;
        farm.stop(load);
        Pause.until(audience.leave(), CONNECTED_WITHIN, "Sending the viewers home");
        Benchmarks.print(measured.report(Turns.CYCLE));
        Benchmarks.print("%s: %d pieces of the log heard%n".formatted(label, heard));
        if (!label.equals("warm-up")) {
            rates.add(label, measured.rate(Turns.CYCLE));
        }
    }
}
