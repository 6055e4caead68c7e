package io.flamenco.benchmarks;

import io.flamenco.benchmarks.farm.EchoProcess;
import io.flamenco.benchmarks.farm.ManagerUnderTest;
import io.flamenco.benchmarks.farm.Pause;
import io.flamenco.benchmarks.load.Load;
import io.flamenco.benchmarks.load.SimulatedWorker;
import io.flamenco.benchmarks.load.Turns;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** One call, repeated by Workers that each hold a task, in turns with the same load on a bare Vert.x server. */
@Command(name = "call", description = "One call as fast as it is answered, beside a bare Vert.x echo.")
final class CallRow implements Callable<Integer> {

    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final String ECHO = "bare Vert.x echo";

    /** A line of log text of 200 bytes, line break included. */
    private static final String LOG_UPDATE = "{\"log\":\"" + "x".repeat(199) + "\\n\"}";

    @Mixin
    @Nullable
    FarmOptions options;

    @Parameters(index = "0", converter = KindOf.class, description = "may-i-run, log-update or status-change")
    @Nullable
    Kind kind;

    @Option(names = "--workers", defaultValue = "64", description = "Number of Workers.")
    int workers;

    private final Rates rates = new Rates();

    /** What can be repeated without changing what the next call meets. */
    enum Kind {
        MAY_I_RUN(200),
        LOG_UPDATE(204),
        STATUS_CHANGE(204);

        private final int hoped;

        Kind(int hoped) {
            this.hoped = hoped;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        Function<SimulatedWorker, Future<?>> turn(Turns turns) {
            return turns.call(label(), hoped, worker -> switch (this) {
                case MAY_I_RUN -> worker.mayIRun();
                case LOG_UPDATE -> worker.update(CallRow.LOG_UPDATE);
                case STATUS_CHANGE -> worker.statusChange();
            });
        }
    }

    /** Calls are named as in the protocol. */
    static final class KindOf implements ITypeConverter<Kind> {

        @Override
        public Kind convert(String name) {
            return Arrays.stream(Kind.values())
                    .filter(kind -> kind.label().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("\"" + name
                            + "\" is no call that can be measured; these can: may-i-run, log-update, status-change"));
        }
    }

    @Override
    public Integer call() {
        FarmOptions chosen = Benchmarks.given(options);
        Kind repeated = Benchmarks.given(kind);
        try (Farm farm = Farm.open(chosen, "call", workers * 2L, Map.of());
                EchoProcess echo = EchoProcess.start()) {
            List<SimulatedWorker> crew = farm.workers(workers);
            farm.awaitDownload(workers * 2L);
            farm.takeTasks(crew);
            Subject manager = new Subject(repeated.label(), farm.manager(), crew, repeated.turn(farm.turns()));
            Subject bare = new Subject(
                    ECHO,
                    echo,
                    farm.strangers(workers, echo.url()),
                    farm.turns().call(ECHO, 200, SimulatedWorker::mayIRun));
            List.of(manager, bare).forEach(subject -> warmUp(chosen, farm, subject));
            for (int i = 0; i < chosen.repetitions; i++) {
                List.of(bare, manager).forEach(subject -> measure(chosen, farm, subject));
            }
            Benchmarks.print(rates.report());
            return 0;
        }
    }

    /** Who is asked what by whom. */
    private record Subject(
            String label,
            ManagerUnderTest process,
            List<SimulatedWorker> crew,
            Function<SimulatedWorker, Future<?>> turn) {}

    private static void warmUp(FarmOptions chosen, Farm farm, Subject subject) {
        Load load = farm.load(subject.crew(), subject.turn());
        Pause.of(chosen.warmUp());
        farm.stop(load);
    }

    private void measure(FarmOptions chosen, Farm farm, Subject subject) {
        Load load = farm.load(subject.crew(), subject.turn());
        Pause.of(SETTLE);
        Measurement measured = Measurement.take(subject.label(), chosen.measure(), farm.tally(), subject.process());
        farm.stop(load);
        Benchmarks.print(measured.report(subject.label()));
        rates.add(subject.label(), measured.rate(subject.label()));
    }
}
