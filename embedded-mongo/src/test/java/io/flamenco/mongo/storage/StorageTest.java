package io.flamenco.mongo.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crash is a copy of the files of an open storage: what a process that is killed leaves behind. */
class StorageTest {
    private static final CheckpointPolicy SELDOM = new CheckpointPolicy(Duration.ofHours(1), 1L << 30, 1L << 30);
    private static final CheckpointPolicy ALWAYS = new CheckpointPolicy(Duration.ZERO, 1, 1);

    private final Path directory;
    private final AtomicLong durable = new AtomicLong();
    private final AtomicLong failedUpTo = new AtomicLong();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    StorageTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private final DurabilityListener listener = new DurabilityListener() {
        @Override
        public void durable(long number) {
            durable.set(number);
        }

        @Override
        public void failed(long number, String why) {
            complaints.add(why);
            failedUpTo.set(number);
        }
    };

    private Storage open(Path place, CheckpointPolicy policy) {
        return Storage.open(place, "farm", policy, listener);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> content(ByteMap map) {
        var content = new TreeMap<String, String>();
        map.scan(KeyRange.ALL, false)
                .forEachRemaining(entry -> content.put(
                        new String(entry.key(), StandardCharsets.UTF_8),
                        new String(entry.value(), StandardCharsets.UTF_8)));
        return content;
    }

    private void makeDurable(Storage storage) {
        long number = storage.handOver();
        await().atMost(Duration.ofMinutes(1)).until(() -> durable.get() >= number);
    }

    private Path crash(String name) throws IOException {
        var copy = Files.createDirectory(directory.resolve(name));
        try (var files = Files.list(directory.resolve("db"))) {
            for (var file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private static Path newestJournal(Path place) throws IOException {
        try (var files = Files.list(place)) {
            return files.filter(file -> file.toString().contains(".journal-"))
                    .max(Comparator.comparing(Path::toString))
                    .orElseThrow();
        }
    }

    @Test
    void what_is_durable_survives_and_what_is_closed_needs_no_journal() throws IOException {
        try (var storage = open(directory.resolve("db"), SELDOM)) {
            storage.map("a").put(bytes("k"), bytes("1"));
            storage.map("b").put(bytes("gone"), bytes("x"));
            storage.map("c").put(bytes("dropped"), bytes("x"));
            storage.drop("c");
            storage.map("b").remove(bytes("gone"));
            makeDurable(storage);
            try (var copy = open(crash("copy"), SELDOM)) {
                assertThat(content(copy.map("a"))).containsOnlyKeys("k");
                assertThat(content(copy.map("b"))).isEmpty();
                assertThat(copy.names()).containsExactly("a", "b");
            }
        }
        try (var reopened = open(directory.resolve("db"), SELDOM)) {
            assertThat(content(reopened.map("a"))).containsEntry("k", "1");
        }
    }

    @Test
    void a_torn_tail_costs_only_what_was_not_acknowledged() throws IOException {
        // Given
        try (var storage = open(directory.resolve("db"), SELDOM)) {
            for (int at = 0; at < 20; at++) {
                storage.map("a").put(bytes("key-%02d".formatted(at)), bytes("value".repeat(at)));
                makeDurable(storage);
            }
            int wholeFrame = 16 + 3 + 4 + 1 + 4 + 6 + 4 + 5 * 19;
            for (int lost = 0; lost <= wholeFrame + 3; lost += 7) {
                // When
                var copy = crash("copy" + lost);
                try (var journal = new RandomAccessFile(newestJournal(copy).toFile(), "rw")) {
                    journal.setLength(journal.length() - lost);
                }

                // Then
                try (var recovered = open(copy, SELDOM)) {
                    int expected = lost == 0 ? 20 : lost <= wholeFrame ? 19 : 18;
                    assertThat(content(recovered.map("a")))
                            .as("%d bytes lost", lost)
                            .hasSize(expected);
                }
            }
        }
    }

    @Test
    void garbage_behind_the_last_change_is_ignored() throws IOException {
        try (var storage = open(directory.resolve("db"), SELDOM)) {
            storage.map("a").put(bytes("k"), bytes("1"));
            makeDurable(storage);
        }
        for (int length : List.of(1, 15, 16, 17, 4096)) {
            try (var storage = open(directory.resolve("db"), SELDOM)) {
                storage.map("a").put(bytes("length"), bytes(String.valueOf(length)));
                makeDurable(storage);
                var copy = crash("copy" + length);
                var garbage = new byte[length];
                new Random(length).nextBytes(garbage);
                Files.write(newestJournal(copy), garbage, StandardOpenOption.APPEND);

                try (var recovered = open(copy, SELDOM)) {
                    assertThat(content(recovered.map("a"))).containsEntry("length", String.valueOf(length));
                }
            }
        }
    }

    @Test
    void a_gap_between_journal_files_is_refused_with_a_remedy() throws IOException, InterruptedException {
        try (var storage = open(directory.resolve("db"), SELDOM)) {
            storage.map("a").put(bytes("k"), bytes("1"));
        }
        var segments = new Segments(directory.resolve("db"), "farm");
        segments.deleteBefore(Long.MAX_VALUE);
        for (long number : List.of(101, 201)) {
            var frame = new Frame();
            frame.put("a", bytes("k"), bytes("2"));
            try (var channel = segments.create(number, number)) {
                Segments.write(channel, ByteBuffer.wrap(frame.seal(number)));
            }
        }

        assertThatThrownBy(() -> open(directory.resolve("db"), SELDOM))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("farm.journal-201 begins with change 201 but the one before ends with 101")
                .hasMessageContaining("backup");
    }

    @Test
    void every_crash_leaves_the_state_of_the_last_durable_change() throws IOException {
        var random = new Random(11);
        var model = new TreeMap<String, String>();
        try (var storage = open(directory.resolve("db"), ALWAYS)) {
            for (int crash = 0; crash < 12; crash++) {
                for (int change = 0; change < 200; change++) {
                    var key = "key-" + random.nextInt(100);
                    if (random.nextInt(4) == 0) {
                        model.remove(key);
                        storage.map("a").remove(bytes(key));
                        storage.map("index").remove(bytes(key));
                    } else {
                        var value = "x".repeat(random.nextInt(2000));
                        model.put(key, value);
                        storage.map("a").put(bytes(key), bytes(value));
                        storage.map("index").put(bytes(key), bytes(value));
                    }
                    storage.endUnit();
                    storage.handOver();
                    storage.maintain();
                }
                makeDurable(storage);
                var copy = copyWhileCheckpointing("crash" + crash);
                try (var recovered = open(copy, SELDOM)) {
                    assertThat(content(recovered.map("a"))).isEqualTo(model);
                    assertThat(content(recovered.map("index"))).isEqualTo(model);
                }
            }
        }
    }

    /** A file may vanish under the copying when a checkpoint ends; a killed process has no such thing, so copy again. */
    private Path copyWhileCheckpointing(String name) throws IOException {
        for (int attempt = 0; ; attempt++) {
            try {
                return crash(name + "-" + attempt);
            } catch (NoSuchFileException e) {
                assertThat(attempt).isLessThan(50);
            }
        }
    }

    @Test
    void a_disk_that_refuses_is_reported_and_tried_again_until_it_does_not() throws IOException {
        // Given
        var place = Files.createDirectory(directory.resolve("db"));
        var writer = new JournalWriter(new Segments(place, "farm"), 1, 0, listener);
        writer.start();
        Files.delete(place.resolve("farm.journal-1"));
        Files.delete(place);

        // When
        writer.startSegment();
        writer.append(frame("k", "kept"), 1);

        // Then
        await().atMost(Duration.ofMinutes(1)).until(() -> !complaints.isEmpty());
        assertThat(writer.complaint()).contains("can't write its journal in " + place);
        assertThat(durable).hasValue(0);

        // And when
        Files.createDirectory(place);

        // Then
        await().atMost(Duration.ofMinutes(1)).until(() -> durable.get() == 1);
        assertThat(writer.complaint()).isEmpty();
        writer.close();
        try (var recovered = open(place, SELDOM)) {
            assertThat(content(recovered.map("a"))).containsEntry("k", "kept");
        }
    }

    @Test
    void an_unexpected_failure_is_reported_and_what_was_appended_is_written_again() throws IOException {
        var failing = new FailingOnce(() -> {
            throw new IllegalStateException("unexpected");
        });
        var writer = new JournalWriter(new Segments(directory, "farm"), 1, 0, failing);
        writer.start();

        writer.append(frame("k", "kept"), 1);

        await().until(() -> durable.get() == 1);
        assertThat(complaints).singleElement().asString().contains("unexpected");
        assertThat(writer.complaint()).isEmpty();
        writer.close();
        try (var recovered = open(directory, SELDOM)) {
            assertThat(content(recovered.map("a"))).containsEntry("k", "kept");
        }
    }

    @Test
    void an_error_that_ends_the_journal_refuses_everything_from_then_on() throws IOException {
        var failing = new FailingOnce(() -> {
            throw new LinkageError("broken");
        });
        var writer = new JournalWriter(new Segments(directory, "farm"), 1, 0, failing);
        writer.start();

        writer.append(frame("k", "kept"), 1);

        await().until(() -> failedUpTo.get() == Long.MAX_VALUE);
        assertThat(writer.complaint()).contains("broken", "restart");
        writer.close();
    }

    /** Fails when it first hears of something durable. */
    private final class FailingOnce implements DurabilityListener {
        private final Runnable failure;
        private boolean failed;

        FailingOnce(Runnable failure) {
            this.failure = failure;
        }

        @Override
        public void durable(long number) {
            if (!failed) {
                failed = true;
                failure.run();
            }
            listener.durable(number);
        }

        @Override
        public void failed(long number, String why) {
            listener.failed(number, why);
        }
    }

    private static byte[] frame(String key, String value) {
        var frame = new Frame();
        frame.put("a", bytes(key), bytes(value));
        return frame.seal(1);
    }

    @Test
    void a_walk_goes_on_over_changes_in_either_direction() {
        try (var storage = Storage.inMemory()) {
            var map = storage.map("a");
            for (int at = 0; at < 10; at++) {
                map.put(bytes("k" + at), bytes(""));
            }
            for (boolean descending : List.of(false, true)) {
                var seen = new ArrayList<String>();
                for (var walk = map.scan(KeyRange.startingWith(bytes("k")), descending); walk.hasNext(); ) {
                    var key = walk.next().key();
                    seen.add(new String(key, StandardCharsets.UTF_8));
                    map.remove(key);
                    map.put(bytes("k5"), bytes("again"));
                    map.put(bytes("m"), bytes("outside"));
                }
                assertThat(seen).hasSizeGreaterThanOrEqualTo(descending ? 1 : 10);
                assertThat(seen).doesNotHaveDuplicates().doesNotContain("m");
            }
        }
    }

    @Test
    void ranges_are_counted_without_walking() {
        try (var storage = Storage.inMemory()) {
            var map = storage.map("a");
            for (int at = 0; at < 1000; at++) {
                map.put(bytes("%04d".formatted(at)), bytes(""));
            }
            assertThat(map.count(KeyRange.startingWith(bytes("00")))).isEqualTo(100);
            assertThat(map.count(new KeyRange(bytes("0500"), null))).isEqualTo(500);
            assertThat(map.count(new KeyRange(bytes("05001"), bytes("0503")))).isEqualTo(2);
            assertThat(map.count(new KeyRange(bytes("9"), bytes("0")))).isZero();
            assertThat(map.count(KeyRange.startingWith(new byte[] {(byte) 0xff})))
                    .isZero();
        }
    }
}
