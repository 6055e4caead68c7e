package io.flamenco.shared.plugin;

import java.io.IOException;
import java.util.List;

/**
 * One command that a Worker can run as a step of a task. It must be free of state: one object serves all tasks.
 *
 * <p>Both methods are called on a thread of their own that may block, and are interrupted when the task is to stop.
 */
public interface WorkerCommand {

    /** The name in tasks, such as {@code blender_render}. */
    String name();

    /** What it does, in a sentence or two for people; the page of all commands is made from it. */
    String description();

    /** The settings that it understands, in the order in which people should see them. */
    List<SettingDescription> settings();

    /**
     * Checks the settings before anything is done.
     *
     * @throws InvalidSettings when the command cannot run with them; the message is shown to people
     * @throws InterruptedException when the task is to stop
     */
    void check(CommandSettings settings, CommandContext context) throws InvalidSettings, InterruptedException;

    /**
     * Does the work.
     *
     * @throws CommandFailure when it did not succeed; the message is shown to people
     * @throws IOException when a file could not be read or written
     * @throws InterruptedException when the task is to stop
     */
    void run(CommandSettings settings, CommandContext context) throws CommandFailure, IOException, InterruptedException;

    /** Settings with which a command cannot run. */
    final class InvalidSettings extends Exception {

        private static final long serialVersionUID = 1;

        public InvalidSettings(String message) {
            super(message);
        }
    }

    /** Work that did not succeed. */
    final class CommandFailure extends Exception {

        private static final long serialVersionUID = 1;

        public CommandFailure(String message) {
            super(message);
        }
    }
}
