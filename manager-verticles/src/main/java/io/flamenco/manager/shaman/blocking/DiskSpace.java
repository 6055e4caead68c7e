package io.flamenco.manager.shaman.blocking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Room on the disk of the store. */
final class DiskSpace {

    private final Path directory;
    private final long keepFree;

    /**
     * @param keepFree bytes that uploads leave for others
     */
    DiskSpace(Path directory, long keepFree) {
        this.directory = directory;
        this.keepFree = keepFree;
    }

    /** Whether that many bytes more would leave what is to be kept free. */
    boolean hasRoomFor(long bytes) throws IOException {
        return Files.getFileStore(directory).getUsableSpace() - keepFree >= bytes;
    }

    /** Whether that failure means that the disk, or the quota on it, is used up. */
    static boolean isFull(IOException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left") || message.contains("quota") || message.contains("not enough space");
    }
}
