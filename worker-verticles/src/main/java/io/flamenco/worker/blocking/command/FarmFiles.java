package io.flamenco.worker.blocking.command;

import io.flamenco.shared.plugin.CommandContext;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the commands that move files about have in common. */
public final class FarmFiles {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd_HHmmss", Locale.ROOT);

    private FarmFiles() {}

    /** Whether there is something of that name, even a link that leads nowhere. */
    static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes the directory that the file is to be in; programs may write there. */
    public static void makeParent(Path file, String command, CommandContext context) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            context.log(command + ": Directory " + parent + " does not exist; creating.");
            makeDirectories(parent, context);
        }
    }

    /** Makes a directory and those above it where there are none; programs may write to the new ones. */
    public static void makeDirectories(Path directory, CommandContext context) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path path = directory; path != null && !exists(path); path = path.getParent()) {
            missing.push(path);
        }
        Files.createDirectories(directory);
        for (Path made : missing) {
            context.letProgramsUse(made);
        }
    }

    /** The path with the moment of its last change behind its name, and a counter behind that when it is taken. */
    static Path timestamped(Path path, ZoneId zone) throws IOException {
        long millis = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toMillis();
        Instant changed = Instant.ofEpochSecond(Math.floorDiv(millis + 500, 1000L));
        Path stamped = path.resolveSibling(path.getFileName() + "-" + STAMP.format(changed.atZone(zone)));
        return exists(stamped) ? unique(stamped) : stamped;
    }

    private static Path unique(Path path) throws IOException {
        long next = highestCounter(path, path.getFileName() + "~", "").orElse(0) + 1;
        return path.resolveSibling(path.getFileName() + "~" + next);
    }

    /** The highest number between prefix and suffix in the names beside the path; empty when there is none. */
    static OptionalLong highestCounter(Path path, String prefix, String suffix) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return OptionalLong.empty();
        }
        Pattern numbered = Pattern.compile(Pattern.quote(prefix) + "(\\d{1,18})" + Pattern.quote(suffix));
        try (Stream<Path> siblings = Files.list(directory)) {
            return siblings.map(sibling -> numbered.matcher(String.valueOf(sibling.getFileName())))
                    .filter(Matcher::matches)
                    .flatMapToLong(matcher -> LongStream.of(Long.parseLong(matcher.group(1))))
                    .max();
        }
    }

    /** Moves a file or a directory, across file systems if need be; what is at the target already makes it fail. */
    static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to);
        } catch (AtomicMoveNotSupportedException | DirectoryNotEmptyException e) {
            copyTree(from, to);
            deleteTree(from);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(from) || exists(to)) {
                throw e;
            }
            copyTree(from, to);
            deleteTree(from);
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file)),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Deletes a file, or a directory with all that is in it; a link is deleted, not followed. */
    static void deleteTree(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
