package io.flamenco.worker.blocking.command;

import io.flamenco.shared.plugin.WorkerCommand.CommandFailure;
import io.flamenco.shared.plugin.WorkerCommand.InvalidSettings;

/** Reads settings that were checked before, when the command runs. */
public final class Checked {

    private Checked() {}

    /** What can be read from settings. */
    @FunctionalInterface
    public interface Reading<T> {
        T read() throws InvalidSettings;
    }

    /**
     * The setting.
     *
     * @throws CommandFailure when it has become invalid since it was checked, as a file that is gone
     */
    public static <T> T read(Reading<T> reading) throws CommandFailure {
        try {
            return reading.read();
        } catch (InvalidSettings e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }
}
