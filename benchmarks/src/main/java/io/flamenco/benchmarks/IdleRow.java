package io.flamenco.benchmarks;

import io.flamenco.benchmarks.farm.HeapFigures;
import io.flamenco.benchmarks.farm.Pause;
import io.flamenco.benchmarks.http.Answer;
import io.flamenco.benchmarks.load.Load;
import io.flamenco.benchmarks.load.SimulatedWorker;
import io.flamenco.benchmarks.load.Turns;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What it costs a Manager that thousands of Workers wait for tasks that do not come. */
@Command(name = "idle", description = "Memory and processor time with many idle long-polling Workers.")
final class IdleRow implements Callable<Integer> {

    private static final String POLL = "long poll";
    private static final Duration RAMP_UP = Duration.ofSeconds(10);

    @Mixin
    @Nullable
    FarmOptions options;

    @Option(names = "--workers", defaultValue = "10000", description = "Number of waiting Workers.")
    int workers;

    @Option(names = "--wait", defaultValue = "30", description = "Seconds that a Worker is content to wait.")
    int waitSeconds;

    @Override
    public Integer call() {
        FarmOptions chosen = Benchmarks.given(options);
        try (Farm farm = Farm.open(chosen, "idle", 0, Map.of())) {
            long begin = System.nanoTime();
            List<SimulatedWorker> crew = farm.workers(workers);
            Benchmarks.print("%d Workers registered and signed on in %.1f s%n"
                    .formatted(workers, (System.nanoTime() - begin) / 1e9));
            Load load = farm.load(crew, worker -> poll(farm, worker));
            Pause.of(RAMP_UP.plusSeconds(waitSeconds));
            for (int i = 0; i < chosen.repetitions; i++) {
                Benchmarks.print(
                        farm.measure(workers + " waiting", chosen.measure()).report(POLL));
            }
            farm.manager().pid().ifPresent(pid -> Benchmarks.print(HeapFigures.afterCollection(pid)));
            load.abandon();
            return 0;
        }
    }

    private Future<?> poll(Farm farm, SimulatedWorker worker) {
        long begin = System.nanoTime();
        return worker.awaitTask(waitSeconds)
                .compose(answer -> polled(farm, answer, begin))
                .otherwise(failure -> {
                    farm.tally().failed(Turns.TASK, failure);
                    return null;
                });
    }

    private static Future<?> polled(Farm farm, Answer answer, long begin) {
        if (answer.status() == 204) {
            farm.tally().record(POLL, System.nanoTime() - begin);
            return Future.succeededFuture();
        }
        farm.tally().refused(Turns.TASK, answer);
        return farm.turns().breather();
    }
}
