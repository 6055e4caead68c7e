package io.flamenco.worker.blocking;

import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.WorkerCommand;
import io.flamenco.shared.plugin.WorkerCommand.CommandFailure;
import io.flamenco.shared.plugin.WorkerCommand.InvalidSettings;
import io.flamenco.worker.blocking.process.ProcessTrees;
import io.flamenco.worker.blocking.process.ProgramMark;
import io.flamenco.worker.blocking.process.ProgramRules;
import io.flamenco.worker.blocking.process.Subprocess;
import io.flamenco.worker.platform.OperatingSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a command by itself and remembers what it said. Programs are really run, unless they are only to be recorded. */
public final class CommandTrial implements CommandContext {

    private final List<String> log = new ArrayList<>();
    private final List<String> activities = new ArrayList<>();
    private final List<Integer> progress = new ArrayList<>();
    private final List<Path> produced = new ArrayList<>();
    private final Map<String, Double> timing = new LinkedHashMap<>();
    private final List<List<String>> programs = new ArrayList<>();
    private final boolean really;
    private List<String> output = List.of();

    private CommandTrial(boolean really) {
        this.really = really;
    }

    /** Programs are run. */
    public static CommandTrial real() {
        return new CommandTrial(true);
    }

    /** Programs are not run; each prints these lines and succeeds. */
    public static CommandTrial recorded(String... output) {
        CommandTrial trial = new CommandTrial(false);
        trial.output = List.of(output);
        return trial;
    }

    /** Checks the settings and runs the command. */
    public void run(WorkerCommand command, Map<String, ?> settings)
            throws InvalidSettings, CommandFailure, IOException, InterruptedException {
        Map<String, @Nullable Object> values = new HashMap<>(settings);
        command.check(new CommandSettings(values), this);
        command.run(new CommandSettings(values), this);
    }

    /** Only checks the settings. */
    public void check(WorkerCommand command, Map<String, ?> settings) throws InvalidSettings, InterruptedException {
        command.check(new CommandSettings(new HashMap<>(settings)), this);
    }

    public List<String> log() {
        return log;
    }

    public List<String> activities() {
        return activities;
    }

    public List<Integer> progress() {
        return progress;
    }

    public List<Path> produced() {
        return produced;
    }

    public Map<String, Double> timing() {
        return timing;
    }

    /** The arguments of the one program that was run. */
    public List<String> arguments() {
        return programs.getFirst();
    }

    @Override
    public TaskId taskId() {
        return new TaskId("58514d1e9837734f2e71b479");
    }

    @Override
    public int commandIndex() {
        return 0;
    }

    @Override
    public synchronized void log(String text) {
        log.add(text);
    }

    @Override
    public synchronized void activity(String text) {
        activities.add(text);
    }

    @Override
    public synchronized void progress(int percentage) {
        progress.add(percentage);
    }

    @Override
    public synchronized void timing(String phase, double seconds) {
        timing.merge(phase, seconds, Double::sum);
    }

    @Override
    public synchronized void outputProduced(Path file) {
        produced.add(file);
    }

    @Override
    public Map<String, String> environment() {
        return System.getenv();
    }

    @Override
    public void checkNoProgramRuns() {}

    @Override
    public void runProgram(List<String> arguments, LineHandler lines) throws CommandFailure, InterruptedException {
        programs.add(List.copyOf(arguments));
        if (really) {
            Subprocess.Surroundings surroundings = new Subprocess.Surroundings(
                    ProcessTrees.here(OperatingSystem.LINUX, ProgramMark.of(Path.of("trial"))),
                    null,
                    environment(),
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(2),
                    ProgramRules.none(OperatingSystem.LINUX));
            new Subprocess("trial", arguments, surroundings, this::log).run(lines);
        } else {
            output.forEach(line -> lines.line(4711, line).ifPresent(this::log));
        }
    }
}
