package io.flamenco.worker.blocking;

import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.WorkerCommand.CommandFailure;
import io.flamenco.shared.plugin.WorkerCommand.InvalidSettings;
import io.flamenco.worker.blocking.process.ProcessFile;
import io.flamenco.worker.blocking.process.Subprocess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One run of one command: what the command may use of its Worker. */
final class CommandRun implements CommandContext {

    private final String name;
    private final TaskId task;
    private final int index;
    private final int count;
    private final TaskReport report;
    private final Subprocess.Surroundings surroundings;
    private final Consumer<Path> produced;
    private final Map<String, Double> timing = Collections.synchronizedMap(new LinkedHashMap<>());

    /**
     * @param count how many commands the task has
     * @param produced hears of files that people may want to see
     */
    CommandRun(
            String name,
            TaskId task,
            int index,
            int count,
            TaskReport report,
            Subprocess.Surroundings surroundings,
            Consumer<Path> produced) {
        this.name = name;
        this.task = task;
        this.index = index;
        this.count = count;
        this.report = report;
        this.surroundings = surroundings;
        this.produced = produced;
    }

    @Override
    public TaskId taskId() {
        return task;
    }

    @Override
    public int commandIndex() {
        return index;
    }

    @Override
    public void log(String text) {
        report.log(text);
    }

    @Override
    public void activity(String text) {
        report.activity(text);
    }

    @Override
    public void progress(int percentage) {
        int ofCommand = Math.clamp(percentage, 0, 100);
        report.progress(index, ofCommand, (100 * index + ofCommand) / count);
    }

    @Override
    public void timing(String phase, double seconds) {
        timing.merge(phase, seconds, Double::sum);
    }

    @Override
    public void outputProduced(Path file) {
        produced.accept(file);
    }

    @Override
    public Map<String, String> environment() {
        return surroundings.environment();
    }

    @Override
    public void checkNoProgramRuns() throws InvalidSettings {
        ProcessFile file = surroundings.file();
        if (file != null) {
            file.check();
        }
    }

    @Override
    public void letProgramsUse(Path made) throws IOException {
        surroundings.rules().handOver(made);
    }

    @Override
    public void runProgram(List<String> arguments, LineHandler lines) throws CommandFailure, InterruptedException {
        new Subprocess(name, arguments, surroundings, report::log).run(lines);
    }

    /** What the command measured, in the order in which it did. */
    Map<String, Double> measured() {
        synchronized (timing) {
            return new LinkedHashMap<>(timing);
        }
    }
}
