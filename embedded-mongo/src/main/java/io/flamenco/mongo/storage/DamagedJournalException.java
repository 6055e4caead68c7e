package io.flamenco.mongo.storage;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A journal file holds something that no crash can have left behind. */
final class DamagedJournalException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedJournalException(Path file, String what, @Nullable Throwable cause) {
        super("the journal file " + file + " " + what, cause);
    }
}
