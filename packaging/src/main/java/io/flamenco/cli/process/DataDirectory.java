package io.flamenco.cli.process;

import io.flamenco.shared.secret.SecretFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory in which one process keeps what it must not forget. It is made for the owner only, and held by a lock
 * until the process ends, however it ends.
 */
public final class DataDirectory {

    private static final String LOCK = ".lock";

    /** The garbage collector closes a channel that nobody refers to, and closing any channel of a file drops all its locks. */
    private static final Set<FileChannel> NEVER_CLOSED = ConcurrentHashMap.newKeySet();

    private DataDirectory() {}

    /**
     * Makes the directory when it is absent, and takes hold of it.
     *
     * @return the directory as an absolute path
     * @throws CommandFailure when it cannot be written to, or another process holds it
     */
    public static Path take(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        try {
            SecretFiles.createDirectories(absolute);
            if (!lock(absolute)) {
                throw CommandFailure.of("The data directory " + absolute
                        + " is in use by another process; stop that one, or choose another directory with --data.");
            }
            return absolute;
        } catch (IOException e) {
            throw CommandFailure.of("The data directory " + absolute + " cannot be written to: " + reason(e)
                    + "; make it writable, or choose another one with --data.");
        }
    }

    /**
     * Takes hold of the directory of one role unless that role runs, by itself or with others in a farm of one machine.
     *
     * @return whether it is held now
     * @throws IOException when the directory cannot be used
     */
    public static boolean takeRoleIfFree(Path role) throws IOException {
        Path farm = role.toAbsolutePath().normalize().getParent();
        boolean farmFree = farm == null || !Files.exists(farm.resolve(LOCK)) || lock(farm);
        SecretFiles.createDirectories(role);
        return farmFree && lock(role);
    }

    /** The lock lasts as long as the channel is open, which is until the process ends. */
    private static boolean lock(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                Files.createDirectories(directory).resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        NEVER_CLOSED.add(channel);
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "permission for " + denied.getFile() + " is denied";
            case FileAlreadyExistsException exists -> exists.getFile() + " is a file";
            default -> String.valueOf(failure.getMessage());
        };
    }
}
