package io.flamenco.manager.shaman.http;

import static io.flamenco.manager.shaman.blocking.StoreUnderTest.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.manager.shaman.domain.FileKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledStoreTest {

    private static final int SENDERS = 4;
    private static final int SIZE = 700_000;

    @TempDir
    Path directory;

    @Test
    void killed_store_keeps_what_it_confirmed_and_shows_nothing_half() throws Exception {
        for (int round = 0; round < 3; round++) {
            Queue<FileKey> confirmed = new ConcurrentLinkedQueue<>();
            Process process = startStore();
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
                    ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
                int port = portSaidIn(out);
                for (int sender = 0; sender < SENDERS; sender++) {
                    int seed = 100 * round + sender;
                    senders.execute(() -> sendUntilKilled(port, seed, confirmed));
                }
                int enough = 5 + 7 * round;
                awaitThenKill(() -> confirmed.size() >= enough, process);
            } finally {
                process.destroyForcibly().waitFor();
            }
            everythingStoredIsTrue(confirmed);
        }
        ShamanServer restarted = new ShamanServer(directory);
        assertThat(directory.resolve("file-store/uploading")).isEmptyDirectory();
        restarted.stop();
    }

    /** The process may warn of something first. */
    private static int portSaidIn(BufferedReader out) {
        return out.lines()
                .filter(line -> line.startsWith(ShamanServer.PORT_IS))
                .mapToInt(line -> Integer.parseInt(line.substring(ShamanServer.PORT_IS.length())))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitThenKill(Callable<Boolean> condition, Process process) {
        try {
            await().until(condition);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void sendUntilKilled(int port, int seed, Queue<FileKey> confirmed) {
        ShamanClient client = new ShamanClient(port);
        Random random = new Random(seed);
        try {
            while (true) {
                byte[] content = new byte[SIZE];
                random.nextBytes(content);
                if (client.upload(key(content), content, Map.of()).status() == 204) {
                    confirmed.add(key(content));
                }
            }
        } catch (UncheckedIOException killed) {
            // that is what the test does
        }
    }

    private void everythingStoredIsTrue(Queue<FileKey> confirmed) throws IOException {
        List<FileKey> stored = new ArrayList<>();
        Path root = directory.resolve("file-store/stored");
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                FileKey key = key(Files.readAllBytes(file));
                String name = root.relativize(file).toString().replace("/", "");
                assertThat(name).isEqualTo(key.checksum() + key.size() + ".blob");
                stored.add(key);
            }
        }
        assertThat(stored).containsAll(confirmed);
    }

    private Process startStore() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ShamanServer.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
