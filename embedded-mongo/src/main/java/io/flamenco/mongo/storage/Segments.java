package io.flamenco.mongo.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The files of one journal: {@code <name>.journal-<number>}, each with a header of 16 bytes. */
record Segments(Path directory, String name) {
    static final int HEADER_BYTES = 16;
    private static final long MAGIC = 0x464c4d4a524e4c31L;

    /** @param number segments are read in the order of their numbers */
    record Segment(Path file, long number) {}

    List<Segment> existing() throws IOException {
        var prefix = name + ".journal-";
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches("\\Q" + prefix + "\\E\\d{1,18}"))
                    .map(file -> new Segment(
                            file, Long.parseLong(file.getFileName().toString().substring(prefix.length()))))
                    .sorted(Comparator.comparingLong(Segment::number))
                    .toList();
        }
    }

    /** Makes a new file that will hold frames from this number on. */
    FileChannel create(long number, long firstFrame) throws IOException {
        var file = directory.resolve(fileName(name, number));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var channel = FileChannel.open(file, options, OwnerOnly.file(directory));
        try {
            write(channel, ByteBuffer.wrap(header(firstFrame)));
            channel.force(true);
            syncDirectory();
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    static String fileName(String database, long number) {
        return database + ".journal-" + number;
    }

    static byte[] header(long firstFrame) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .putLong(MAGIC)
                .putLong(firstFrame)
                .array();
    }

    void deleteBefore(long number) throws IOException {
        for (var segment : existing()) {
            if (segment.number() < number) {
                Files.deleteIfExists(segment.file());
            }
        }
    }

    static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The number of the first frame that a file with this header holds, or -1 when the header is not that of a journal. */
    static long firstFrame(ByteBuffer header) {
        return header.remaining() == HEADER_BYTES && header.getLong() == MAGIC ? header.getLong() : -1;
    }

    /** Makes the new name durable; where a directory can't be opened, as on Windows, the file system sees to it. */
    private void syncDirectory() {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            return;
        }
    }
}
