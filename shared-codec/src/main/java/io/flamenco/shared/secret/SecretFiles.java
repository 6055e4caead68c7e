package io.flamenco.shared.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/**
 * Files that hold secrets. They block, so call them off the event loops.
 *
 * <p>On systems with POSIX permissions files are made with mode 0600 and directories with 0700; elsewhere they get what
 * the directory above hands down.
 */
public final class SecretFiles {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 64;
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private SecretFiles() {}

    /** A new secret of 64 letters and digits, of about 381 bits. */
    public static String newSecret() {
        SecureRandom random = new SecureRandom();
        StringBuilder secret = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            secret.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return secret.toString();
    }

    /**
     * The secret in the file; a new one is made and stored when there is no such file.
     *
     * @throws IOException when the file is empty, or can be neither read nor written
     */
    public static String readOrCreate(Path file) throws IOException {
        try {
            String secret = Files.readString(file).strip();
            if (secret.isEmpty()) {
                throw new IOException("The secret file " + file + " is empty; delete it to have a new secret made.");
            }
            return secret;
        } catch (NoSuchFileException absent) {
            String secret = newSecret();
            write(file, secret + "\n");
            return secret;
        }
    }

    /** Replaces the file by one with that text, which is whole and on disk when this returns. */
    public static void write(Path file, String text) throws IOException {
        Path target = file.toAbsolutePath();
        Path directory = target.getParent();
        if (directory == null) {
            throw new IOException("A secret cannot be written to " + file + "; name a file.");
        }
        createDirectories(directory);
        Path temporary = Files.createTempFile(directory, ".secret-", ".tmp", ownerOnly("rw-------"));
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Makes the directory, and those above it, for the owner only; one that exists keeps its permissions. */
    public static void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory, ownerOnly("rwx------"));
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
