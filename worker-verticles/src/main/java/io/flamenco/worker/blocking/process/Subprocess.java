package io.flamenco.worker.blocking.process;

import io.flamenco.shared.plugin.CommandContext.LineHandler;
import io.flamenco.shared.plugin.WorkerCommand.CommandFailure;
import io.flamenco.worker.domain.ShellWords;
import io.flamenco.worker.domain.SignalName;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a program, following the Flamenco 2 Worker in what it logs and how it judges the end.
 *
 * <p>The calling thread waits for the end and is the one that is interrupted to stop the program; a second thread reads
 * the output and hands it on, so that a slow reader slows the program instead of filling memory.
 */
public final class Subprocess {

    private static final Logger LOG = LoggerFactory.getLogger(Subprocess.class);
    private static final long LOOK_EVERY_MILLIS = 250;

    private final String command;
    private final List<String> arguments;
    private final Surroundings surroundings;
    private final Consumer<String> log;
    private final AtomicLong lastLineNanos = new AtomicLong(System.nanoTime());
    private boolean remembered;
    private final AtomicReference<@Nullable Throwable> readerFailure = new AtomicReference<>();

    /**
     * What subprocesses need of their Worker.
     *
     * @param trees starts and stops them
     * @param file remembers the running one; null to not remember
     * @param environment all variables that they see
     * @param silenceLimit the longest time without output
     * @param grace how long they may take to end when asked to
     * @param rules which ones, and as whom
     */
    public record Surroundings(
            ProcessTrees trees,
            @Nullable ProcessFile file,
            Map<String, String> environment,
            Duration silenceLimit,
            Duration grace,
            ProgramRules rules) {}

    /**
     * @param command the name of the Worker command, for the log
     * @param arguments the program and its arguments
     * @param log takes lines of the task's log; may block
     */
    public Subprocess(String command, List<String> arguments, Surroundings surroundings, Consumer<String> log) {
        this.command = command;
        this.arguments = List.copyOf(arguments);
        this.surroundings = surroundings;
        this.log = log;
    }

    /**
     * Runs the program to its end.
     *
     * @throws CommandFailure when it may not or cannot be started, fails, is killed or falls silent
     * @throws InterruptedException when it was stopped because the task is to stop
     */
    public void run(LineHandler lines) throws CommandFailure, InterruptedException {
        List<String> allowed = surroundings.rules().allowed(arguments, surroundings.environment());
        log.accept(command + ": Executing " + ShellWords.join(arguments));
        Process process = start(allowed);
        try {
            remember(process);
            Thread reader = Thread.ofVirtual().name("output-" + process.pid()).start(() -> read(process, lines));
            awaitEnd(process, reader);
        } catch (InterruptedException e) {
            abort(process);
            throw e;
        } catch (CommandFailure e) {
            endTree(process);
            throw e;
        } finally {
            forget();
        }
        judge(process);
    }

    private Process start(List<String> allowed) throws CommandFailure {
        ProcessTrees trees = surroundings.trees();
        ProgramRules rules = surroundings.rules();
        ProcessBuilder builder = new ProcessBuilder(trees.inOwnGroup(rules.command(allowed)))
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(nullDevice()));
        builder.environment().clear();
        builder.environment().putAll(trees.environment(rules.environment(surroundings.environment())));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new CommandFailure("Command " + ShellWords.join(arguments) + " cannot be started: " + e.getMessage());
        }
    }

    private static File nullDevice() {
        return new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");
    }

    private void remember(Process process) throws CommandFailure {
        if (surroundings.file() == null) {
            return;
        }
        try {
            surroundings.file().remember(process.toHandle());
            remembered = true;
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure("The process file " + e.getFile()
                    + " exists: another program was started meanwhile, so this one was stopped");
        } catch (IOException e) {
            throw new CommandFailure("The process file cannot be written: " + e.getMessage());
        }
    }

    private void read(Process process, LineHandler lines) {
        try {
            new OutputLines(process.getInputStream()).read(new OutputLines.Reader() {
                @Override
                public void line(String line) {
                    lastLineNanos.set(System.nanoTime());
                    lines.line(process.pid(), line).ifPresent(log);
                }

                @Override
                public void overwritten(String text) {
                    lastLineNanos.set(System.nanoTime());
                    lines.overwritten(process.pid(), text);
                }
            });
        } catch (IOException e) {
            LOG.debug("The output of a program ended early. pid={}", process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            readerFailure.set(e);
        }
    }

    private void awaitEnd(Process process, Thread reader) throws InterruptedException, CommandFailure {
        while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
            checkReader();
            checkSilence(process);
        }
        reader.join(surroundings.grace());
        endWhatIsLeft(process, reader);
        checkReader();
    }

    /**
     * What the program started has no business outliving it. Whether the output is still read does not tell alone: Java
     * closes it when the program has ended before the first line was read.
     */
    private void endWhatIsLeft(Process process, Thread reader) throws InterruptedException {
        ProcessTrees.Tree left = surroundings.trees().tree(process.pid());
        if (reader.isAlive() || !left.processes().isEmpty()) {
            surroundings.trees().kill(left);
            reader.join(surroundings.grace());
        }
    }

    private void checkReader() throws CommandFailure {
        Throwable failure = readerFailure.get();
        if (failure != null) {
            throw new CommandFailure("The output of the program could not be handled: " + failure);
        }
    }

    private void checkSilence(Process process) throws CommandFailure {
        Duration silent = Duration.ofNanos(System.nanoTime() - lastLineNanos.get());
        if (silent.compareTo(surroundings.silenceLimit()) > 0) {
            throw new CommandFailure("Command " + ShellWords.join(arguments) + " (pid=" + process.pid()
                    + ") timed out: no output for " + silent.toSeconds() + " seconds");
        }
    }

    private void abort(Process process) {
        log.accept(command + ": TERMinating subprocess pid=" + process.pid());
        endTree(process);
        log.accept(command + ": " + end(process));
    }

    /** Asks, waits, insists. Not to be interrupted: a program that is left half-stopped helps nobody. */
    private void endTree(Process process) {
        ProcessTrees.Tree tree = surroundings.trees().tree(process.pid());
        surroundings.trees().terminate(tree);
        if (!endedWithin(process, surroundings.grace())) {
            log.accept(command + ": KILLing subprocess pid=" + process.pid() + ", it did not end in time");
        }
        surroundings.trees().kill(tree);
        if (!endedWithin(process, surroundings.grace())) {
            LOG.warn("A program could not be killed. pid={}", process.pid());
        }
    }

    private static boolean endedWithin(Process process, Duration patience) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (true) {
                try {
                    return process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void forget() {
        if (surroundings.file() == null || !remembered) {
            return;
        }
        try {
            surroundings.file().forget();
        } catch (IOException e) {
            LOG.warn("The process file could not be deleted; the next start of this Worker will.", e);
        }
    }

    private void judge(Process process) throws CommandFailure {
        String line = ShellWords.join(arguments);
        log.accept(command + ": Subprocess " + line + ": " + end(process));
        int status = process.exitValue();
        OptionalInt signal = SignalName.signal(status);
        if (signal.isPresent()) {
            throw new CommandFailure("Subprocess " + line + " (pid=" + process.pid() + ") terminated by signal "
                    + SignalName.of(signal.getAsInt()) + " (" + signal.getAsInt() + ")");
        }
        if (status != 0) {
            throw new CommandFailure("Command " + line + " (pid=" + process.pid() + ") failed with status " + status);
        }
    }

    private static String end(Process process) {
        if (process.isAlive()) {
            return "Process pid=" + process.pid() + " still runs";
        }
        int status = process.exitValue();
        OptionalInt signal = SignalName.signal(status);
        return "Process pid=" + process.pid()
                + (signal.isPresent()
                        ? " terminated due to signal " + SignalName.of(signal.getAsInt()) + " (" + signal.getAsInt()
                                + ")"
                        : " exited with status code " + status);
    }
}
