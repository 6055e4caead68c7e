package io.flamenco.worker.blocking;

import io.flamenco.shared.kernel.StartFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a second Worker out of a data directory; the system releases it when the process ends, however it does. */
public final class DirectoryLock {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws StartFailure when another Worker has it, or the directory cannot be written
     */
    public static DirectoryLock take(Path directory) {
        Path file = directory.resolve("worker.lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel)) {
                return new DirectoryLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new StartFailure("The Worker's data directory " + directory + " cannot be written (" + e
                    + "). Make it writable, or choose another one with --data.");
        }
        throw new StartFailure("Another Worker uses the data directory " + directory
                + ". Stop it, or choose another directory with --data.");
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Lets others in. */
    public void release() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("A lock was not released; it will be when the process ends.", e);
        }
    }
}
