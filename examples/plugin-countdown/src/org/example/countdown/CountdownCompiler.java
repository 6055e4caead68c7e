package org.example.countdown;

import io.flamenco.shared.plugin.JobCompiler;
import io.flamenco.shared.plugin.JobToCompile;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.SettingDescription.Type;
import io.flamenco.shared.plugin.TaskDraft;
import io.flamenco.shared.wire.TaskCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A job that counts down, one task per number, and says a last word when all of them are done. */
public final class CountdownCompiler implements JobCompiler {

    private static final int FROM = 3;
    private static final String WORD = "Lift-off!";

    @Override
    public String jobType() {
        return "countdown";
    }

    @Override
    public String description() {
        return "Counts down, a second each, and says a last word.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                new SettingDescription(
                        "from", Type.INTEGER, false, FROM, 1.0, 100.0, List.of(), "From", "The number to begin with."),
                SettingDescription.optional("word", Type.TEXT, "What is said in the end.")
                        .or(WORD));
    }

    /** What the descriptions cannot say; ranges and types were checked already. */
    @Override
    public List<String> check(JobToCompile job) {
        return "Stop!".equals(job.settings().get("word"))
                ? List.of("The setting \"word\" must not be what would stop the launch.")
                : List.of();
    }

    @Override
    public List<TaskDraft> compile(JobToCompile job) {
        int from = job.settings().get("from") instanceof Number number ? number.intValue() : FROM;
        String word = job.settings().get("word") instanceof String text ? text : WORD;
        List<TaskDraft> tasks = new ArrayList<>();
        List<Integer> counted = new ArrayList<>();
        for (int number = from; number >= 1; number--) {
            counted.add(tasks.size());
            tasks.add(task(
                    "count-" + number,
                    List.of(),
                    echo("" + number),
                    new TaskCommand("sleep", Map.of("time_in_seconds", 1))));
        }
        tasks.add(task("last-word", counted, echo(word)));
        return tasks;
    }

    private static TaskDraft task(String name, List<Integer> parents, TaskCommand... commands) {
        return new TaskDraft(name, "sleep", TaskDraft.USUAL_PRIORITY, List.of(commands), parents);
    }

    private static TaskCommand echo(String message) {
        return new TaskCommand("echo", Map.of("message", message));
    }
}
