package io.flamenco.manager.housekeeping.blocking;

import io.flamenco.manager.housekeeping.blocking.StoredLog.Shelf;
import io.flamenco.shared.id.TaskId;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through the directory of the task logs and removes some. Only files that are named like logs, where logs are, are ever
 * seen; links are not followed. Blocks.
 */
public final class LogShelf {

    private static final Logger LOG = LoggerFactory.getLogger(LogShelf.class);
    private static final Pattern LOG_NAME = Pattern.compile("task-([0-9a-f]{24})\\.txt(\\.gz|\\.\\d+)?");
    private static final Comparator<StoredLog> OLDEST_FIRST =
            Comparator.comparing(StoredLog::changed).thenComparing(StoredLog::file);

    private final Path directory;

    /** @param directory the setting {@code task_logs_path}; may not be there yet */
    public LogShelf(Path directory) {
        this.directory = directory;
    }

    /** Looks at all logs, and remembers that many of the oldest. */
    public Shelf look(int most) throws IOException {
        PriorityQueue<StoredLog> oldest = new PriorityQueue<>(OLDEST_FIRST.reversed());
        long bytes = 0;
        for (Path group : list(directory, "job-*")) {
            for (Path job : list(group, "*")) {
                for (Path file : list(job, "task-*")) {
                    bytes += add(file, oldest, most);
                }
            }
        }
        return new Shelf(bytes, oldest.stream().sorted(OLDEST_FIRST).toList());
    }

    private static long add(Path file, PriorityQueue<StoredLog> oldest, int most) throws IOException {
        Matcher name = LOG_NAME.matcher(String.valueOf(file.getFileName()));
        if (!name.matches()) {
            return 0;
        }
        try {
            BasicFileAttributes known =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!known.isRegularFile()) {
                return 0;
            }
            oldest.add(new StoredLog(
                    new TaskId(name.group(1)),
                    file,
                    known.size(),
                    known.lastModifiedTime().toInstant()));
            if (oldest.size() > most) {
                oldest.remove();
            }
            return known.size();
        } catch (NoSuchFileException gone) {
            return 0;
        }
    }

    private static List<Path> list(Path directory, String names) throws IOException {
        if (Files.isSymbolicLink(directory)) {
            return List.of();
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, names)) {
            List<Path> paths = new ArrayList<>();
            found.forEach(paths::add);
            return paths;
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        }
    }

    /** Removes them, and directories that are empty then; gives those that could be removed. */
    public List<StoredLog> remove(List<StoredLog> logs) {
        return logs.stream().filter(LogShelf::remove).toList();
    }

    private static boolean remove(StoredLog log) {
        try {
            boolean removed = Files.deleteIfExists(log.file());
            Path job = log.file().getParent();
            if (job != null && removeIfEmpty(job) && job.getParent() != null) {
                removeIfEmpty(job.getParent());
            }
            LOG.debug("A task log was removed. file={} changed={} bytes={}", log.file(), log.changed(), log.bytes());
            return removed;
        } catch (IOException e) {
            LOG.warn("An old task log cannot be removed; look at its permissions. file={} reason={}", log.file(), e);
            return false;
        }
    }

    private static boolean removeIfEmpty(Path directory) throws IOException {
        try {
            return Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException inUse) {
            return false;
        }
    }
}
