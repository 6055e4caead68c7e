package io.flamenco.manager.shaman.blocking;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes files young, so that they are not taken for forgotten ones. Some network shares refuse a time that they are told but take
 * their own "now"; those are asked by the program {@code touch}.
 */
final class Touch {

    private static final Logger LOG = LoggerFactory.getLogger(Touch.class);
    private static final int FILES_PER_CALL = 200;
    private static final long LONGEST_SECONDS = 60;

    private final Clock clock;

    Touch(Clock clock) {
        this.clock = clock;
    }

    /** Touches them; a file that cannot be touched is a warning in the log and no more. */
    void now(Collection<Path> files) {
        FileTime now = FileTime.from(clock.instant());
        List<Path> refused = new ArrayList<>();
        for (Path file : files) {
            try {
                Files.setLastModifiedTime(file, now);
            } catch (IOException e) {
                refused.add(file);
            }
        }
        for (int from = 0; from < refused.size(); from += FILES_PER_CALL) {
            byProgram(refused.subList(from, Math.min(refused.size(), from + FILES_PER_CALL)));
        }
    }

    private static void byProgram(List<Path> files) {
        List<String> command = new ArrayList<>(List.of("touch", "-c", "--"));
        files.forEach(file -> command.add(file.toString()));
        try {
            Process touch = new ProcessBuilder(command)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            if (!touch.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                touch.destroyForcibly();
                warn(files, "touch took too long");
            } else if (touch.exitValue() != 0) {
                warn(files, "touch ended with " + touch.exitValue());
            }
        } catch (IOException e) {
            warn(files, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void warn(List<Path> files, String reason) {
        LOG.warn(
                "Stored files cannot be touched and may be removed as forgotten; check who may write to them. files={}"
                        + " first={} reason={}",
                files.size(),
                files.getFirst(),
                reason);
    }
}
