package io.flamenco.manager.images;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for new pictures in a directory and all below it. It reads names and times again and again rather than to be told
 * by the operating system, which knows nothing of what other machines write to a shared drive. Blocks.
 */
final class BlockingImageWatch {

    private final Path directory;
    private FileTime shown = FileTime.fromMillis(0);
    private Map<Path, Stamp> before = new HashMap<>();

    private record Stamp(FileTime modified, long size) {}

    BlockingImageWatch(Path directory) {
        this.directory = directory;
    }

    /** Takes what is there already for old. */
    void begin() throws IOException {
        shown = scan().values().stream()
                .map(Stamp::modified)
                .max(Comparator.naturalOrder())
                .orElse(shown);
    }

    /**
     * The newest picture that was written since the last one that this returned, and that is as it was at the last call, so
     * that nobody writes to it any more.
     */
    Optional<Path> look() throws IOException {
        Map<Path, Stamp> now = scan();
        Optional<Map.Entry<Path, Stamp>> newest = now.entrySet().stream()
                .filter(file -> file.getValue().equals(before.get(file.getKey())))
                .max(Map.Entry.comparingByValue(Comparator.comparing(Stamp::modified)));
        newest.ifPresent(file -> shown = file.getValue().modified());
        before = now;
        return newest.map(Map.Entry::getKey);
    }

    /** The pictures that are newer than the last one shown. */
    private Map<Path, Stamp> scan() throws IOException {
        Map<Path, Stamp> pictures = new HashMap<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()
                        && attributes.lastModifiedTime().compareTo(shown) > 0
                        && PictureFormats.mayBePicture(file.toString())) {
                    pictures.put(file, new Stamp(attributes.lastModifiedTime(), attributes.size()));
                }
                return FileVisitResult.CONTINUE;
            }

            /** What was there a moment ago may be gone, which is how temporary files are. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        return pictures;
    }
}
