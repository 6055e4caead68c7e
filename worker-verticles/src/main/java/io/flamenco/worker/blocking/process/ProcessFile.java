package io.flamenco.worker.blocking.process;

import io.flamenco.shared.plugin.WorkerCommand.InvalidSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that remembers a Worker's running subprocess. It holds the process id, as the original's does, and behind it the
 * moment at which the process started, by which a process id that was given to somebody else is recognised.
 */
public final class ProcessFile {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessFile.class);
    private static final Pattern CONTENT = Pattern.compile("\\s*(\\d{1,18})(?:\\s+(\\d{1,18}))?\\s*");

    /** Systems tell the start of a process in steps of this size at worst. */
    private static final long CLOCK_STEP_MILLIS = 1_100;

    private final Path file;
    private final ProcessTrees trees;

    private record Remembered(long pid, Optional<Instant> started) {}

    public ProcessFile(Path file, ProcessTrees trees) {
        this.file = file;
        this.trees = trees;
    }

    /**
     * Stops what a Worker that crashed left running, and forgets it. A process of which it is not certain that it is
     * ours stays. A file without a process id is what is left when the crash came while it was written.
     */
    public void stopOrphan() throws IOException {
        Optional<Remembered> left = remembered();
        if (left.isEmpty()) {
            forget();
            return;
        }
        Remembered orphan = left.get();
        Optional<ProcessHandle> alive = alive(orphan.pid());
        if (alive.isEmpty() || ours(orphan, alive.get())) {
            LOG.info("Stopping what an earlier run left behind. pid={}", orphan.pid());
            trees.kill(trees.tree(orphan.pid()));
            forget();
        } else if (orphan.started().isPresent()) {
            forget();
        }
    }

    /**
     * Checks that no subprocess runs yet. A file that tells of a process that is gone is deleted.
     *
     * @throws InvalidSettings when one runs, or somebody seems to be writing the file
     */
    public void check() throws InvalidSettings {
        try {
            String content = Files.readString(file);
            if (content.isBlank()) {
                throw new InvalidSettings("The process file " + file
                        + " is empty; somebody may be starting a program. Delete it if that is not so.");
            }
            checkRemembered(content);
        } catch (NoSuchFileException fine) {
            LOG.debug("No program runs. file={}", file);
        } catch (IOException e) {
            throw new InvalidSettings("The process file " + file + " cannot be read: " + e.getMessage());
        }
    }

    private void checkRemembered(String content) throws InvalidSettings, IOException {
        Optional<Remembered> remembered = parse(content);
        Optional<ProcessHandle> alive = remembered.flatMap(process -> alive(process.pid()));
        if (remembered.isPresent() && alive.isPresent() && mayBeOurs(remembered.get(), alive.get())) {
            throw new InvalidSettings("The process file " + file + " tells of a program that still runs: "
                    + description(alive.get()) + ". Stop it, or delete the file if it is none of this Worker's.");
        }
        forget();
    }

    /**
     * Remembers a process.
     *
     * @throws java.nio.file.FileAlreadyExistsException when another one is remembered already
     */
    void remember(ProcessHandle process) throws IOException {
        String started = process.info()
                .startInstant()
                .map(moment -> " " + moment.toEpochMilli())
                .orElse("");
        Files.writeString(file, process.pid() + started, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    }

    /** Forgets the process. */
    void forget() throws IOException {
        Files.deleteIfExists(file);
    }

    private Optional<Remembered> remembered() throws IOException {
        try {
            return parse(Files.readString(file));
        } catch (NoSuchFileException fine) {
            return Optional.empty();
        }
    }

    private static Optional<Remembered> parse(String content) {
        Matcher matcher = CONTENT.matcher(content);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<Instant> started =
                Optional.ofNullable(matcher.group(2)).map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)));
        return Optional.of(new Remembered(Long.parseLong(matcher.group(1)), started));
    }

    private static Optional<ProcessHandle> alive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    }

    private static boolean ours(Remembered remembered, ProcessHandle alive) {
        return remembered.started().isPresent() && mayBeOurs(remembered, alive);
    }

    private static boolean mayBeOurs(Remembered remembered, ProcessHandle alive) {
        Optional<Instant> really = alive.info().startInstant();
        return remembered.started().isEmpty()
                || really.isEmpty()
                || Math.abs(really.get().toEpochMilli()
                                - remembered.started().get().toEpochMilli())
                        < CLOCK_STEP_MILLIS;
    }

    private static String description(ProcessHandle process) {
        String command = process.info()
                .commandLine()
                .or(() -> process.info().command())
                .orElse("a program that the system does not name");
        return command + " (pid=" + process.pid() + ")";
    }
}
