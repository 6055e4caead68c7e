package io.flamenco.cli.remote;

import io.flamenco.cli.process.ExitCode;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** {@code flamenco jobs log}: why a job is as it is. */
final class JobLog {

    private static final int MOST_TASKS = 20;

    private JobLog() {}

    /** Shows it; gives the exit code. */
    static Future<Integer> show(Remote with, JsonObject job) {
        return with.list(
                        "jobs/" + job.getString("id") + "/tasks",
                        "tasks",
                        Map.of("status", "failed,soft-failed,active"),
                        MOST_TASKS)
                .map(tasks -> show(with.screen(), job, tasks));
    }

    private static int show(Screen screen, JsonObject job, List<JsonObject> tasks) {
        if (screen.json()) {
            screen.say(tasks);
            return ExitCode.DONE;
        }
        String status = "Job " + job.getString("name") + " is " + job.getString("status") + ". ";
        screen.say((status + job.getString("status_reason", "")).strip());
        if (tasks.isEmpty()) {
            screen.say("None of its tasks failed or runs; flamenco tasks list " + job.getString("id")
                    + " shows all of them.");
        }
        tasks.forEach(task -> Details.log(screen, task));
        return ExitCode.DONE;
    }
}
