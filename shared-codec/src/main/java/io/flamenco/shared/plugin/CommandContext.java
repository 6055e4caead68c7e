package io.flamenco.shared.plugin;

import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.plugin.WorkerCommand.CommandFailure;
import io.flamenco.shared.plugin.WorkerCommand.InvalidSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a running command may use of its Worker. */
public interface CommandContext {

    /** The task that the command is a step of. */
    TaskId taskId();

    /** Which step it is, from 0. */
    int commandIndex();

    /** Adds to the task's log; the text may hold several lines. */
    void log(String text);

    /** Tells people what the command does now. */
    void activity(String text);

    /** Tells how far the command is, 0 to 100. */
    void progress(int percentage);

    /** Tells how many seconds a phase of the work took. */
    void timing(String phase, double seconds);

    /** Tells the Manager of a file that people may want to see. */
    void outputProduced(Path file);

    /** The Worker's environment for subprocesses, without {@code LD_LIBRARY_PATH}. */
    Map<String, String> environment();

    /**
     * Checks that a program may be started: none that an earlier run left behind is still there.
     *
     * @throws InvalidSettings when one is and cannot be stopped
     */
    void checkNoProgramRuns() throws InvalidSettings, InterruptedException;

    /**
     * Lets the programs that the command runs use a file or directory that it made: they may run as another user than
     * the Worker. Does nothing when they do not.
     */
    default void letProgramsUse(Path made) throws IOException {}

    /**
     * Runs a program in a process group of its own, and stops the whole tree when the task is to stop.
     *
     * @param arguments the program and its arguments, given to the system without a shell
     * @param lines sees each line of output
     * @throws CommandFailure when the program cannot be started, exits with a status other than 0, or is killed
     */
    void runProgram(List<String> arguments, LineHandler lines) throws CommandFailure, IOException, InterruptedException;

    /** Sees each line that a program prints. */
    @FunctionalInterface
    interface LineHandler {

        /**
         * @param pid of the program
         * @param line without its line break
         * @return what to put in the task's log; empty for nothing
         */
        Optional<String> line(long pid, String line);

        /**
         * Sees what a program is about to overwrite, as it would a progress bar: text that ends with a carriage return. It
         * comes again as part of the line that ends with a line break.
         */
        default void overwritten(long pid, String text) {}

        /** Puts each line in the log with the process id before it. */
        static LineHandler logging() {
            return (pid, line) -> Optional.of("pid=" + pid + " > " + line);
        }
    }
}
