package io.flamenco.manager.shaman.blocking;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a second process from the same store, which would take files being sent for leftovers. */
final class StoreLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreLock.class);

    private final FileChannel channel;

    private StoreLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes hold of the store until closed, or until the process ends. A file system that knows no locks is used without.
     *
     * @throws IOException when another process has hold of it
     */
    static StoreLock take(Path root) throws IOException {
        FileChannel channel =
                FileChannel.open(root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean free = false;
        try {
            free = lock(channel, root);
        } finally {
            if (!free) {
                channel.close();
            }
        }
        if (!free) {
            throw new FileSystemException(root.toString(), null, "another process uses this file store");
        }
        return new StoreLock(channel);
    }

    private static boolean lock(FileChannel channel, Path root) {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        } catch (IOException e) {
            LOG.warn(
                    "The file system of the file store knows no locks; make sure that no other Manager uses it. path={}"
                            + " reason={}",
                    root,
                    e.toString());
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
