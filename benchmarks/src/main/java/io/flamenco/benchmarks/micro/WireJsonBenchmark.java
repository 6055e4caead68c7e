package io.flamenco.benchmarks.micro;

import io.flamenco.benchmarks.farm.TaskSupply;
import io.flamenco.shared.wire.WireJson;
import io.flamenco.shared.wire.WireTask;
import io.flamenco.shared.wire.WorkerUpdate;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading and writing the documents of one task cycle. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WireJsonBenchmark {

    private final byte[] task = TaskSupply.json(0).getBytes(StandardCharsets.UTF_8);
    private final byte[] update =
            "{\"task_status\":\"completed\",\"activity\":\"Completed\",\"task_progress_percentage\":100}"
                    .getBytes(StandardCharsets.UTF_8);
    private final WireTask readTask = WireJson.read(task, WireTask.class);

    /** A task out of a depsgraph. */
    @Benchmark
    public WireTask readTask() {
        return WireJson.read(task, WireTask.class);
    }

    /** A task for a Worker. */
    @Benchmark
    public Buffer writeTask() {
        return WireJson.write(readTask);
    }

    /** A Worker's last update. */
    @Benchmark
    public WorkerUpdate readUpdate() {
        return WireJson.read(update, WorkerUpdate.class);
    }
}
