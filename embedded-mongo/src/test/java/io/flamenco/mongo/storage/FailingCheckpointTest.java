package io.flamenco.mongo.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.mvstore.MVStore;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.disk.FilePathDisk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes the journal but not the database file. */
class FailingCheckpointTest {
    private static final CheckpointPolicy ALWAYS = new CheckpointPolicy(Duration.ZERO, 1, 1);

    @TempDir
    private Path directory;

    private final FailingDisk disk = new FailingDisk();
    private final AtomicLong durable = new AtomicLong();

    @BeforeEach
    void mount() {
        FilePath.register(disk);
    }

    @AfterEach
    void unmount() {
        FilePath.unregister(disk);
    }

    private final DurabilityListener listener = new DurabilityListener() {
        @Override
        public void durable(long number) {
            durable.set(number);
        }

        @Override
        public void failed(long number, String why) {}
    };

    private Storage open() throws IOException {
        var store = new MVStore.Builder()
                .fileName(disk.getScheme() + ":" + directory.resolve("farm.mv"))
                .autoCommitDisabled()
                .open();
        var writer = new JournalWriter(new Segments(directory, "farm"), 1, 0, listener);
        writer.start();
        var journal = new Journal(writer, 0);
        return new Storage(store, journal, new Checkpoints(store, journal, directory, ALWAYS));
    }

    private void acknowledge(Storage storage, String key) {
        storage.map("a").put(bytes(key), bytes("there"));
        storage.endUnit();
        long number = storage.handOver();
        await().until(() -> durable.get() >= number);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void changes_are_refused_from_then_on_and_what_was_acknowledged_is_there_after_a_restart() throws IOException {
        try (var storage = open()) {
            acknowledge(storage, "before");
            disk.refuses.set(true);
            acknowledge(storage, "meanwhile");

            await().ignoreExceptions().until(() -> {
                storage.maintain();
                return !storage.complaint().isEmpty();
            });

            assertThat(storage.complaint()).contains("closed after an error", "No space left", "restart");
        }

        disk.refuses.set(false);
        try (var restarted = Storage.open(directory, "farm", ALWAYS, listener)) {
            assertThat(restarted.map("a").value(bytes("before"))).isEqualTo(bytes("there"));
            assertThat(restarted.map("a").value(bytes("meanwhile"))).isEqualTo(bytes("there"));
        }
    }

    /** Its files can be read, and written while it does not refuse. */
    private static final class FailingDisk extends FilePathDisk {
        private static final String SCHEME = "failing";

        private final AtomicBoolean refuses;

        FailingDisk() {
            this(new AtomicBoolean());
        }

        private FailingDisk(AtomicBoolean refuses) {
            this.refuses = refuses;
        }

        @Override
        public String getScheme() {
            return SCHEME;
        }

        @Override
        public FilePathDisk getPath(String path) {
            var file = new FailingDisk(refuses);
            file.name = path.replaceFirst("^" + SCHEME + ":", "");
            return file;
        }

        @Override
        public FileChannel open(String mode) throws IOException {
            return new FailingFile(super.open(mode), refuses);
        }
    }

    private static final class FailingFile extends FileBaseDefault {
        private final FileChannel file;
        private final AtomicBoolean refuses;

        FailingFile(FileChannel file, AtomicBoolean refuses) {
            this.file = file;
            this.refuses = refuses;
        }

        @Override
        public synchronized int write(ByteBuffer from, long position) throws IOException {
            if (refuses.get()) {
                throw new IOException("No space left on device");
            }
            return file.write(from, position);
        }

        @Override
        public synchronized int read(ByteBuffer to, long position) throws IOException {
            return file.read(to, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
