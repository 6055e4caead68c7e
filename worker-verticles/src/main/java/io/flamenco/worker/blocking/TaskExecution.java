package io.flamenco.worker.blocking;

import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.WorkerCommand;
import io.flamenco.shared.plugin.WorkerCommand.CommandFailure;
import io.flamenco.shared.plugin.WorkerCommand.InvalidSettings;
import io.flamenco.shared.status.TaskStatus;
import io.flamenco.worker.blocking.AssignedTask.Step;
import io.flamenco.worker.blocking.process.Subprocess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out one task, command by command, on the thread that calls {@link #run}; interrupting that thread stops it.
 * What it logs and reports follows the Flamenco 2 Worker.
 */
public final class TaskExecution {

    private static final Logger LOG = LoggerFactory.getLogger(TaskExecution.class);

    private final AssignedTask task;
    private final Commands commands;
    private final TaskReport report;
    private final Subprocess.Surroundings surroundings;
    private final Consumer<Path> produced;

    /** What became of a task. */
    public enum Ending {
        COMPLETED,
        FAILED,
        /** Its thread was interrupted; nothing has been reported of that. */
        STOPPED
    }

    /**
     * @param produced hears of files that people may want to see; called on the thread of the task
     */
    public TaskExecution(
            AssignedTask task,
            Commands commands,
            TaskReport report,
            Subprocess.Surroundings surroundings,
            Consumer<Path> produced) {
        this.task = task;
        this.commands = commands;
        this.report = report;
        this.surroundings = surroundings;
        this.produced = produced;
    }

    /** Runs all commands, or those up to the first that fails. */
    public Ending run() {
        report.status(TaskStatus.ACTIVE, "");
        try {
            runSteps();
            logTiming();
            report.status(TaskStatus.COMPLETED, "Task completed");
            return Ending.COMPLETED;
        } catch (Failed failure) {
            logTiming();
            report.status(TaskStatus.FAILED, failure.activity);
            return Ending.FAILED;
        } catch (InterruptedException stop) {
            logTiming();
            return Ending.STOPPED;
        } catch (RuntimeException | Error unforeseen) {
            return unforeseen(unforeseen);
        }
    }

    private void runSteps() throws Failed, InterruptedException {
        for (int index = 0; index < task.steps().size(); index++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the task is to stop");
            }
            runStep(index, task.steps().get(index));
        }
    }

    private void runStep(int index, Step step) throws Failed, InterruptedException {
        WorkerCommand command = commands.named(step.name()).orElseThrow(() -> unknown(index, step));
        Map<String, Object> values = step.settings().orElseThrow(() -> withoutSettings(index, step));
        CommandRun run =
                new CommandRun(step.name(), task.id(), index, task.steps().size(), report, surroundings, produced);
        runCommand(command, new CommandSettings(values), run);
    }

    private void runCommand(WorkerCommand command, CommandSettings settings, CommandRun run)
            throws Failed, InterruptedException {
        String name = command.name();
        String ident = name + ".(task_id=" + task.id() + ", command_idx=" + run.commandIndex() + ")";
        check(command, settings, run, ident);
        report.log(name + ": Starting");
        report.activity("starting " + name);
        run.progress(0);
        Optional<Failed> failure = carryOut(command, settings, run, ident);
        report.timing(run.measured());
        if (failure.isPresent()) {
            throw failure.get();
        }
        report.log(name + ": Finished");
        run.progress(100);
        report.activity("finished " + name);
    }

    private void check(WorkerCommand command, CommandSettings settings, CommandRun run, String ident)
            throws Failed, InterruptedException {
        try {
            command.check(settings, run);
        } catch (InvalidSettings e) {
            report.log(ident + ": Error in settings: " + e.getMessage());
            throw new Failed(ident + ": Invalid settings: " + e.getMessage());
        }
    }

    private Optional<Failed> carryOut(WorkerCommand command, CommandSettings settings, CommandRun run, String ident)
            throws InterruptedException {
        long started = System.nanoTime();
        try {
            command.run(settings, run);
            return Optional.empty();
        } catch (CommandFailure | IOException e) {
            String message = ident + ": Error executing: " + sentence(e);
            report.log(message);
            return Optional.of(new Failed(message));
        } finally {
            run.timing("total", (System.nanoTime() - started) / 1e9);
            report.log(command.name() + ": command timing information: " + json(run.measured()));
        }
    }

    private Failed unknown(int index, Step step) {
        String text = "Command " + index + " of task " + task.id() + " has unknown command name '" + step.name() + "'";
        report.log(text + "; this Worker knows " + String.join(", ", commands.names()));
        return new Failed(text);
    }

    private Failed withoutSettings(int index, Step step) {
        String text = "Command " + index + " of task " + task.id() + " (" + step.name() + ") has no settings object";
        report.log(text);
        return new Failed(text);
    }

    private Ending unforeseen(Throwable failure) {
        LOG.error("A task ended in an unforeseen error. task={}", task.id(), failure);
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        logTiming();
        report.logPlainly(trace.toString().stripTrailing());
        report.status(
                TaskStatus.FAILED,
                "Uncaught exception: " + failure.getClass().getSimpleName() + " " + failure.getMessage());
        return Ending.FAILED;
    }

    private void logTiming() {
        report.log("Aggregated task timing info: " + json(report.timing()));
    }

    /** The message, with what went wrong before it where the message alone is a mere file name. */
    private static String sentence(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof IOException
                ? failure.getClass().getSimpleName().replace("Exception", "") + ": " + message
                : message;
    }

    private static String json(Map<String, Double> timing) {
        JsonObject json = new JsonObject();
        timing.forEach(json::put);
        return json.encode();
    }

    /** A step that did not succeed, with what people should read of it. */
    private static final class Failed extends Exception {

        private static final long serialVersionUID = 1;
        private final String activity;

        Failed(String activity) {
            super(activity);
            this.activity = activity;
        }
    }
}
