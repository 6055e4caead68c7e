package io.flamenco.manager.setup.blocking;

import io.flamenco.manager.config.ManagerConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Looks whether a Manager would find what its settings say. */
public final class Checks {

    private static final int CONNECT_WITHIN_MILLIS = 3_000;
    private static final int MONGODB_PORT = 27_017;

    private Checks() {}

    /**
     * One thing that was looked at.
     *
     * @param name of it
     * @param fine whether a Manager can work with it
     * @param remedy what was found, and what to do when it is not fine
     */
    public record Check(String name, boolean fine, String remedy) {}

    /** Looks at everything; leaves nothing behind. */
    public static List<Check> of(ManagerConfig config) {
        List<Check> checks = new ArrayList<>();
        checks.add(config.databaseUrl()
                .map(Checks::mongodb)
                .orElseGet(() -> directory("Database", config.dataDirectory())));
        checks.add(directory("Task logs", config.taskLogsPath()));
        if (config.shaman().enabled()) {
            checks.add(directory("File store", config.shaman().fileStorePath()));
            checks.add(links("Checkouts", config.shaman().checkoutPath()));
        }
        checks.add(imageMagick());
        return checks;
    }

    private static Check mongodb(String url) {
        try {
            URI uri = URI.create(url.replaceFirst(",.*?(/|$)", "$1"));
            int port = uri.getPort() < 0 ? MONGODB_PORT : uri.getPort();
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(String.valueOf(uri.getHost()), port), CONNECT_WITHIN_MILLIS);
            }
            return new Check("Database", true, "A MongoDB answers at " + uri.getHost() + ":" + port + ".");
        } catch (IOException | IllegalArgumentException e) {
            return new Check(
                    "Database",
                    false,
                    "The MongoDB does not answer (" + e.getMessage()
                            + "); start it, correct database_url, or leave that out to use the embedded database.");
        }
    }

    /** An absent directory is fine when it can be made. */
    private static Check directory(String name, Path directory) {
        Path there = directory.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there == null || !Files.isDirectory(there) || !Files.isWritable(there)) {
            return new Check(
                    name,
                    false,
                    directory + " cannot be written to by " + System.getProperty("user.name")
                            + "; give this account the right to write there, or choose another place.");
        }
        return new Check(name, true, directory + " can be written to.");
    }

    private static Check links(String name, Path directory) {
        Check writable = directory(name, directory);
        if (!writable.fine() || !Files.isDirectory(directory)) {
            return writable;
        }
        Path link =
                directory.resolve(".flamenco-check-" + ProcessHandle.current().pid());
        try {
            Files.createSymbolicLink(link, Path.of("nowhere"));
            Files.delete(link);
            return writable;
        } catch (IOException | UnsupportedOperationException e) {
            return new Check(
                    name,
                    false,
                    "Links cannot be made in " + directory
                            + "; choose a place on a file system that has them, or switch the file store off.");
        }
    }

    private static Check imageMagick() {
        Optional<Path> found = Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(java.io.File.pathSeparator, -1))
                .filter(directory -> !directory.isEmpty())
                .flatMap(directory ->
                        List.of("magick", "convert", "magick.exe").stream().map(program -> Path.of(directory, program)))
                .filter(Files::isExecutable)
                .findFirst();
        return new Check(
                "ImageMagick",
                found.isPresent(),
                found.map(program -> program + " makes previews of EXR and other pictures.")
                        .orElse(
                                "There is no ImageMagick, so only PNG and JPEG pictures are shown; install it (on Debian:"
                                        + " apt install imagemagick)."));
    }
}
