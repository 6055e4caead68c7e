package io.flamenco.manager.shaman.blocking;

import io.flamenco.manager.shaman.domain.ByteCount;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes stored files that are old and that no link points to. Whatever cannot be read, and an interrupt, ends the run before
 * anything is removed: a file too many is a waste, a file too few is a broken job.
 */
public final class GarbageCollector {

    private static final Logger LOG = LoggerFactory.getLogger(GarbageCollector.class);

    private final FileStore store;
    private final Path checkouts;
    private final List<Path> extraCheckoutPaths;
    private final Duration maxAge;
    private final Clock clock;
    private final Lock lock;

    /**
     * @param checkouts where checkouts are made
     * @param extraCheckoutPaths where else links to stored files may be
     * @param maxAge files not touched for longer than this are old
     * @param lock held while one file is removed; whoever makes checkouts holds its counterpart
     */
    GarbageCollector(
            FileStore store, Path checkouts, List<Path> extraCheckoutPaths, Duration maxAge, Clock clock, Lock lock) {
        this.store = store;
        this.checkouts = checkouts;
        this.extraCheckoutPaths = List.copyOf(extraCheckoutPaths);
        this.maxAge = maxAge;
        this.clock = clock;
        this.lock = lock;
    }

    /**
     * What a run found and did.
     *
     * @param oldFiles how many files were old
     * @param linksChecked how many links were looked at
     * @param stillUsed how many old files have links
     * @param deleted how many were removed; in a dry run, how many would be
     * @param freed their size in bytes
     */
    public record Report(int oldFiles, long linksChecked, int stillUsed, int deleted, long freed) {

        /** The files that were left alone although nobody links to them: somebody touched them meanwhile. */
        public int spared() {
            return oldFiles - stillUsed - deleted;
        }

        /** One line for people. */
        @Override
        public String toString() {
            return "old files: " + oldFiles + ", links checked: " + linksChecked + ", still used: " + stillUsed
                    + ", touched meanwhile: " + spared() + ", deleted: " + deleted + ", freed: "
                    + ByteCount.forPeople(freed);
        }
    }

    /**
     * Does one run.
     *
     * @param dryRun to log what would be removed, and remove nothing
     * @throws IOException when something cannot be read; nothing has been removed then
     */
    public Report run(boolean dryRun) throws IOException {
        Map<Path, FileTime> old = oldFiles();
        int found = old.size();
        long links = 0;
        if (!old.isEmpty()) {
            links = keepLinked(checkouts, old);
            for (Path directory : extraCheckoutPaths) {
                links += keepLinked(directory, old);
            }
        }
        int unused = old.size();
        Removed removed = remove(old, dryRun);
        return new Report(found, links, found - unused, removed.files(), removed.bytes());
    }

    /** Files that nobody has touched for too long, by their paths without symbolic links. */
    Map<Path, FileTime> oldFiles() throws IOException {
        Instant threshold = clock.instant().minus(maxAge).truncatedTo(ChronoUnit.SECONDS);
        Map<Path, FileTime> old = new TreeMap<>();
        Path root = store.stored().root().toRealPath();
        Files.walkFileTree(root, new InterruptibleVisitor() {
            @Override
            void visit(Path file, BasicFileAttributes attributes) {
                if (attributes.lastModifiedTime().toInstant().isBefore(threshold)) {
                    old.put(file, attributes.lastModifiedTime());
                }
            }
        });
        return old;
    }

    /**
     * Takes from the old files those that a link in that directory points to.
     *
     * @return how many links there are
     */
    long keepLinked(Path directory, Map<Path, FileTime> old) throws IOException {
        AtomicLong links = new AtomicLong();
        Path building = checkouts.toRealPath().resolve(Checkouts.BUILDING);
        Files.walkFileTree(directory.toRealPath(), new InterruptibleVisitor() {
            /** What is being built has been touched, and vanishes while one looks. */
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                return path.equals(building) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            void visit(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isSymbolicLink()) {
                    links.incrementAndGet();
                    keepTarget(file, old);
                }
            }
        });
        return links.get();
    }

    private static void keepTarget(Path link, Map<Path, FileTime> old) throws IOException {
        try {
            old.remove(link.toRealPath());
        } catch (NoSuchFileException dangling) {
            LOG.debug("A link points to nothing. path={}", link);
        }
    }

    /** How many files were removed, and their size. */
    record Removed(int files, long bytes) {}

    Removed remove(Map<Path, FileTime> unused, boolean dryRun) throws IOException {
        int files = 0;
        long bytes = 0;
        for (Map.Entry<Path, FileTime> entry : unused.entrySet()) {
            long size = remove(entry.getKey(), entry.getValue(), dryRun);
            if (size >= 0) {
                files++;
                bytes += size;
            }
        }
        return new Removed(files, bytes);
    }

    /** The size of the removed file; -1 when it was left alone. */
    private long remove(Path file, FileTime seen, boolean dryRun) throws IOException {
        lock.lock();
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (now.lastModifiedTime().compareTo(seen) > 0) {
                LOG.info("A stored file was touched meanwhile and stays. path={}", file);
                return -1;
            }
            LOG.info("{} path={}", dryRun ? "Would delete an unused file." : "Deleting an unused file.", file);
            if (!dryRun) {
                Files.delete(file);
                new Bin(store.stored().root().toRealPath()).prune(file);
            }
            return now.size();
        } catch (NoSuchFileException gone) {
            return -1;
        } finally {
            lock.unlock();
        }
    }

    /** Visits what is no directory; fails at the first thing that cannot be read, and when the thread is interrupted. */
    private abstract static class InterruptibleVisitor extends SimpleFileVisitor<Path> {

        abstract void visit(Path file, BasicFileAttributes attributes) throws IOException;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (Thread.currentThread().isInterrupted()) {
                throw new IOException("the run was interrupted");
            }
            visit(file, attributes);
            return FileVisitResult.CONTINUE;
        }
    }
}
