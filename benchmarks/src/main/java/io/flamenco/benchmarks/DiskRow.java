package io.flamenco.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How often this disk makes an appended block durable: the context in which durable rates have to be read. */
@Command(name = "disk", description = "How many appended and synced blocks per second the disk takes.")
final class DiskRow implements Callable<Integer> {

    private static final Duration LASTING = Duration.ofSeconds(5);

    @Option(names = "--work", defaultValue = "benchmarks/target/work", description = "A directory on the disk.")
    Path work = Path.of("work");

    @Option(names = "--bytes", defaultValue = "4096", description = "Size of a block.")
    int bytes;

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(work);
        Path file = Files.createTempFile(work, "disk", ".tmp");
        Histogram micros = new Histogram(3);
        long deadline = System.nanoTime() + LASTING.toNanos();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
            while (System.nanoTime() < deadline) {
                long begin = System.nanoTime();
                channel.write(ByteBuffer.allocate(bytes));
                channel.force(false);
                micros.recordValue((System.nanoTime() - begin) / 1000);
            }
        } finally {
            Files.delete(file);
        }
        Benchmarks.print(String.format(
                Locale.ROOT,
                "append of %d bytes and fdatasync: %.0f/s, p50 %.2f ms, p99 %.2f ms%n",
                bytes,
                micros.getTotalCount() / (double) LASTING.toSeconds(),
                micros.getValueAtPercentile(50) / 1000.0,
                micros.getValueAtPercentile(99) / 1000.0));
        return 0;
    }
}
