package io.flamenco.cli.farm;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds programs where the system would. */
final class Programs {

    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    private Programs() {}

    /** The program of that name, where the system would find it. */
    static Optional<Path> find(String name) {
        return find(name, Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    /**
     * The program of that name.
     *
     * @param searchPath directories as in the environment variable {@code PATH}
     */
    static Optional<Path> find(String name, String searchPath) {
        return SEPARATOR
                .splitAsStream(searchPath)
                .filter(directory -> !directory.isEmpty())
                .flatMap(directory -> Stream.of(Path.of(directory, name), Path.of(directory, name + ".exe")))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
