package io.flamenco.worker.blocking.command;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import java.util.List;

/** Floods the log; made to try a farm out. A whole number that is written as a fraction is taken as well. */
final class LogALotCommand implements WorkerCommand {

    private static final int USUAL_LINES = 20_000;
    private static final int REPETITIONS = 30;
    private static final int PROGRESS_EVERY = 1_000;

    @Override
    public String name() {
        return "log_a_lot";
    }

    @Override
    public String description() {
        return "Floods the task's log with long lines; made to try a farm out.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(SettingDescription.optional("lines", SettingDescription.Type.INTEGER, "How many lines.")
                .or(USUAL_LINES));
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings {
        lines(settings);
    }

    @Override
    public void run(CommandSettings settings, CommandContext context) throws CommandFailure, InterruptedException {
        int lines = Checked.read(() -> lines(settings));
        context.activity("logging " + lines + " lines");
        for (int line = 0; line < lines; line++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the task is to stop");
            }
            context.log(("This is line " + line).repeat(REPETITIONS));
            if (line % PROGRESS_EVERY == 0) {
                context.progress((int) (100L * line / lines));
            }
        }
    }

    private static int lines(CommandSettings settings) throws InvalidSettings {
        if (settings.values().get("lines") == null) {
            return USUAL_LINES;
        }
        double lines = settings.number("lines");
        if (lines != Math.rint(lines) || lines < 0 || lines > Integer.MAX_VALUE) {
            throw new InvalidSettings("\"lines\" must be a whole number of lines, not " + lines);
        }
        return (int) lines;
    }
}
