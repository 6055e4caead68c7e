package io.flamenco.benchmarks.micro;

import io.flamenco.benchmarks.farm.TaskSupply;
import io.flamenco.shared.bus.Command;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.wire.WireJson;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Asking over the event bus and waiting for the answer: a record by reference, and the same as a copied tree. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BusBenchmark {

    private static final Command<WireTask, WireTask> ECHO =
            new Command<>("benchmark.echo.record", WireTask.class, WireTask.class);
    private static final String ECHO_JSON = "benchmark.echo.json";

    private final Vertx vertx = Vertx.vertx();
    private final FarmBus bus = new FarmBus(vertx);
    private final WireTask task = WireJson.read(TaskSupply.json(0).getBytes(StandardCharsets.UTF_8), WireTask.class);
    private final JsonObject json = WireJson.toJson(task);

    /** Two who answer: one with the record, one with the tree. */
    public BusBenchmark() {
        bus.answer(ECHO, Future::succeededFuture);
        vertx.eventBus().<JsonObject>consumer(ECHO_JSON, message -> message.reply(message.body()));
    }

    /** A record there and back, by reference. */
    @Benchmark
    public WireTask askByReference() throws ExecutionException, InterruptedException {
        return bus.ask(ECHO, task).toCompletionStage().toCompletableFuture().get();
    }

    /** A tree there and back, copied on each delivery. */
    @Benchmark
    public Object askByCopy() throws ExecutionException, InterruptedException {
        return vertx.eventBus()
                .<JsonObject>request(ECHO_JSON, json)
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .body();
    }

    /** Ends the threads. */
    @TearDown
    public void close() throws ExecutionException, InterruptedException {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }
}
