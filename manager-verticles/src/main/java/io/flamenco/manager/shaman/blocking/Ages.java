package io.flamenco.manager.shaman.blocking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/** How old files are. */
final class Ages {

    private Ages() {}

    /** Whether the file is there and was last written to or touched before that moment. */
    static boolean isOlder(Path file, Instant moment) throws IOException {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(moment);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }
}
