package io.flamenco.worker.blocking.command;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import java.time.Duration;
import java.util.List;

/** Does nothing for a while. */
final class SleepCommand implements WorkerCommand {

    private static final Duration STEP = Duration.ofSeconds(1);
    private static final double A_YEAR = 366 * 86_400.0;

    @Override
    public String name() {
        return "sleep";
    }

    @Override
    public String description() {
        return "Does nothing for a while; made to try a farm out.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                SettingDescription.required("time_in_seconds", SettingDescription.Type.NUMBER, "How long to sleep."));
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings {
        settings.number("time_in_seconds");
    }

    @Override
    public void run(CommandSettings settings, CommandContext context) throws CommandFailure, InterruptedException {
        double seconds = Checked.read(() -> settings.number("time_in_seconds"));
        String shown = String.valueOf(settings.values().get("time_in_seconds"));
        Duration total = Duration.ofMillis(Math.round(Math.clamp(seconds, 0, A_YEAR) * 1000));
        context.log("Sleeping for " + shown + " seconds");
        long start = System.nanoTime();
        Duration left = total;
        while (left.isPositive()) {
            Thread.sleep(left.compareTo(STEP) < 0 ? left : STEP);
            left = total.minusNanos(System.nanoTime() - start);
            context.progress(Math.clamp(100 - 100 * left.toMillis() / Math.max(1, total.toMillis()), 0, 100));
        }
        context.log("Done sleeping for " + shown + " seconds");
    }
}
