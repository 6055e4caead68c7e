package io.flamenco.cli.upload;

import io.flamenco.cli.process.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files of a job, and the deepest directory that holds all of them.
 *
 * @param root absolute
 * @param files absolute, each once
 */
record Luggage(Path root, List<Path> files) {

    private static final int MOST_FILES = 100_000;

    /**
     * Puts it together.
     *
     * @param main the file to work on
     * @param used what it uses
     * @param more files, and directories with all that is in them
     * @throws CommandFailure when one of them is not there
     */
    static Luggage of(Path main, Collection<Path> used, Collection<Path> more) {
        SortedSet<Path> files = new TreeSet<>();
        files.add(requireFile(main));
        used.forEach(file -> files.add(requireFile(file)));
        more.forEach(path -> files.addAll(all(path.toAbsolutePath().normalize())));
        if (files.size() > MOST_FILES) {
            throw CommandFailure.of(
                    "These are " + files.size() + " files; at most " + MOST_FILES + " can be sent with a job.");
        }
        Path root = parent(main);
        for (Path file : files) {
            while (!file.startsWith(root)) {
                root = parent(root);
            }
        }
        return new Luggage(root, List.copyOf(files));
    }

    /** What the file is called in the checkout, with slashes. */
    String nameOf(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw CommandFailure.of(
                    "The files to send are on different drives and cannot stand in one directory; move them"
                            + " to one.");
        }
        return parent;
    }

    private static Collection<Path> all(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(requireFile(path));
        }
        try (Stream<Path> tree = Files.walk(path)) {
            return tree.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw CommandFailure.of("The directory " + path + " cannot be read: " + e.getMessage());
        }
    }

    private static Path requireFile(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw CommandFailure.of("There is no file " + file + " that can be read; it is needed for the job.");
        }
        return file;
    }
}
