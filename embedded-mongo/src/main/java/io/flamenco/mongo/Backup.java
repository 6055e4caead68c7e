package io.flamenco.mongo;

import io.flamenco.mongo.storage.OwnerOnly;
import io.flamenco.mongo.storage.Snapshot;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A whole embedded database in one file. All methods block.
 *
 * <p>The file holds a line of JSON that says what it is ({@link BackupLabel}), the database as compressed journal, and the SHA-256
 * of all that in its last {@value #DIGEST_BYTES} bytes. Neither making nor restoring one needs more memory for a larger database.
 */
public final class Backup {
    private static final int DIGEST_BYTES = 32;
    private static final int LONGEST_LABEL_BYTES = 4096;
    private static final int PIECE_BYTES = 64 << 10;

    private Backup() {}

    /** Writes the database as it was at one moment; {@code out} stays open. */
    static void write(Snapshot snapshot, BackupLabel label, OutputStream out) throws IOException {
        var digested = new DigestOutputStream(new Unclosed(out), sha256());
        digested.write((label.line() + "\n").getBytes(StandardCharsets.UTF_8));
        try (var compressed = new GZIPOutputStream(digested, PIECE_BYTES)) {
            snapshot.writeTo(compressed);
        }
        out.write(digested.getMessageDigest().digest());
        out.flush();
    }

    /** Writes the database of a role that does not run. */
    public static void write(DatabasePlace place, BackupLabel label, OutputStream out) throws IOException {
        try (var database = EmbeddedMongo.open(place.directory(), place.name());
                var snapshot = database.snapshot()) {
            write(snapshot, label, out);
        }
    }

    /**
     * Reads the whole file once.
     *
     * @return what it says it is
     * @throws BackupException when it is no backup, or not all of one
     */
    public static BackupLabel check(Path file) throws IOException {
        long content = Files.size(file) - DIGEST_BYTES;
        try (var in = new BufferedInputStream(Files.newInputStream(file), PIECE_BYTES)) {
            var digested = new DigestInputStream(new Bounded(in, content), sha256());
            var label = BackupLabel.parse(firstLine(digested));
            digested.transferTo(OutputStream.nullOutputStream());
            if (!MessageDigest.isEqual(digested.getMessageDigest().digest(), in.readNBytes(DIGEST_BYTES))) {
                throw new BackupException("it is damaged or not complete: its checksum is wrong");
            }
            return label;
        }
    }

    /**
     * Makes the backup the database at {@code place}, whole or not at all. What was there is moved aside, not deleted.
     *
     * @param file has been {@link #check checked}
     * @param aside where the database that was there goes, if there was one
     * @return whether there was one
     */
    public static boolean restore(Path file, DatabasePlace place, Path aside) throws IOException {
        var directory = place.directory();
        var unfinished = directory.resolveSibling(directory.getFileName() + ".restoring");
        OwnerOnly.deleteDirectory(unfinished);
        OwnerOnly.createDirectory(unfinished);
        expand(file, unfinished.resolve(Snapshot.fileName(place.name())));
        EmbeddedMongo.open(unfinished, place.name()).close();
        boolean before = Files.exists(directory);
        if (before) {
            Files.move(directory, aside, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
        return before;
    }

    private static void expand(Path file, Path journal) throws IOException {
        OwnerOnly.createFile(journal);
        long content = Files.size(file) - DIGEST_BYTES;
        try (var in = new Bounded(new BufferedInputStream(Files.newInputStream(file), PIECE_BYTES), content)) {
            firstLine(in);
            try (var expanded = new GZIPInputStream(in, PIECE_BYTES);
                    var out = Files.newOutputStream(journal)) {
                expanded.transferTo(out);
            }
        }
    }

    private static String firstLine(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n' && line.size() < LONGEST_LABEL_BYTES) {
            line.write(next);
            next = in.read();
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Closing the compression must not close what it writes to. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /** The beginning of a file. */
    private static final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            int read = left > 0 ? in.read() : -1;
            left -= read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = left > 0 ? in.read(bytes, from, (int) Math.min(length, left)) : -1;
            left -= Math.max(read, 0);
            return read;
        }

        @Override
        public int available() {
            return left > 0 ? 1 : 0;
        }
    }
}
