package io.flamenco.benchmarks;

import io.flamenco.benchmarks.farm.JarProcess;
import io.flamenco.benchmarks.farm.ProcessFigures;
import io.flamenco.benchmarks.farm.StartedManager;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast the file store takes files, beside the same files copied and hashed by the system's own programs. */
@Command(name = "shaman", description = "The file store: uploads, beside cp and sha256sum.")
final class ShamanRow implements Callable<Integer> {

    @Mixin
    @Nullable
    FarmOptions options;

    @Option(names = "--files", defaultValue = "250", description = "How many files. Default: ${DEFAULT-VALUE}")
    int files;

    @Option(names = "--bytes", defaultValue = "4000000", description = "Size of each. Default: ${DEFAULT-VALUE}")
    int bytes;

    @Option(names = "--senders", defaultValue = "4", description = "How many send at once. Default: ${DEFAULT-VALUE}")
    int senders;

    /** A file to send, with the address that its content gives it. */
    private record ToSend(Path file, String address) {}

    @Override
    public Integer call() throws Exception {
        FarmOptions chosen = Benchmarks.given(options);
        JarProcess.Launch launch = chosen.launch("shaman");
        Path source = Files.createDirectories(launch.directory().resolve("source"));
        Map<String, String> settings = Map.of("shaman", "{keepFreeMebibytes: 0}");
        try (StartedManager manager = StartedManager.start(launch, URI.create("http://127.0.0.1:9/"), settings)) {
            String token =
                    Files.readString(launch.data().resolve("manager/api-token")).strip();
            for (int round = 0; round < chosen.repetitions; round++) {
                List<ToSend> all = write(source, round);
                timed("cp", () -> run("cp -r source copy", launch.directory()));
                run("rm -r copy; sync -f source", launch.directory());
                timed("cp, sync", () -> run("cp -r source copy; sync -f copy", launch.directory()));
                run("rm -r copy", launch.directory());
                timed("sha256sum", () -> run("sha256sum source/* > sums", launch.directory()));
                upload(manager, token, all);
            }
        }
        return 0;
    }

    private void upload(StartedManager manager, String token, List<ToSend> all) throws Exception {
        ProcessFigures before = ProcessFigures.of(manager.pid().getAsLong());
        timed("upload", () -> send(manager.url(), token, all));
        ProcessFigures after = ProcessFigures.of(manager.pid().getAsLong());
        Benchmarks.print(String.format(
                Locale.ROOT,
                "Manager: %.2f s of processor time for the upload, resident %d MiB%n",
                after.cpuSeconds() - before.cpuSeconds(),
                after.residentBytes() >> 20));
    }

    private List<ToSend> write(Path source, int round) throws IOException, NoSuchAlgorithmException {
        Random random = new Random(round);
        byte[] content = new byte[bytes];
        List<ToSend> all = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            random.nextBytes(content);
            String checksum = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            all.add(new ToSend(Files.write(source.resolve(i + ".bin"), content), "/files/" + checksum + "/" + bytes));
        }
        return all;
    }

    private void send(URI manager, String token, List<ToSend> all) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(senders);
                HttpClient client = HttpClient.newHttpClient()) {
            List<Future<Void>> sent = new ArrayList<>();
            for (ToSend file : all) {
                sent.add(threads.submit(() -> send(client, manager, token, file)));
            }
            for (Future<Void> one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A file could not be sent: " + e.getCause(), e);
        }
    }

    private static @Nullable Void send(HttpClient client, URI manager, String token, ToSend file)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(manager.resolve(file.address()))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofFile(file.file()))
                .build();
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status != 204) {
            throw new IllegalStateException("the Manager answered " + status);
        }
        return null;
    }

    private static @Nullable Void run(String script, Path directory) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", script)
                .directory(directory.toFile())
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("This failed: " + script);
        }
        return null;
    }

    /** Something that takes a while. */
    @FunctionalInterface
    private interface Work {

        void run() throws Exception;
    }

    private void timed(String name, Work work) throws Exception {
        long begin = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        Benchmarks.print(String.format(
                Locale.ROOT,
                "%-14s %d files of %.1f MB in %5.2f s: %6.0f MB/s%n",
                name,
                files,
                bytes / 1e6,
                seconds,
                (double) files * bytes / 1e6 / seconds));
    }
}
