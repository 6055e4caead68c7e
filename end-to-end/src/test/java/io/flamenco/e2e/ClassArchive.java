package io.flamenco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The classes of a jar as the JVM wants them, which each of the many processes of these tests would otherwise prepare anew; the
 * script {@code flamenco} keeps them in the same way. Whoever starts the first process makes it, and other JVMs wait meanwhile.
 */
final class ClassArchive {

    private static final int SECONDS_TO_MAKE = 120;

    private ClassArchive() {}

    /** The archive beside the jar, made when it is missing or older than the jar. */
    static synchronized Path of(Path jar, List<String> java) throws IOException {
        Path archive = jar.resolveSibling("classes-tests-" + Runtime.version().feature() + ".jsa");
        Path lock = jar.resolveSibling("classes-tests.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock alone = channel.lock()) {
            assertThat(alone.isValid()).isTrue();
            if (!Files.exists(archive)
                    || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0) {
                make(archive, jar, java);
            }
        }
        return archive;
    }

    /** Has a short life of all roles loaded and remembered. */
    private static void make(Path archive, Path jar, List<String> java) throws IOException {
        Path directory = Files.createTempDirectory(jar.getParent(), "classes-tests-");
        Path fresh = archive.resolveSibling(archive.getFileName() + ".new");
        Path said = directory.resolve("said");
        List<String> command = new ArrayList<>(java);
        command.add("-XX:ArchiveClassesAtExit=" + fresh);
        command.addAll(List.of("-jar", jar.toString(), "demo", "--once", "--without-blender", "--workers=1"));
        command.addAll(List.of("--server-port=0", "--manager-port=0", "--data=" + directory.resolve("data")));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(SECONDS_TO_MAKE, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        } catch (InterruptedException e) {
            throw new IOException("Interrupted while " + archive + " was made", e);
        } finally {
            process.destroyForcibly();
        }
        Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE);
    }
}
