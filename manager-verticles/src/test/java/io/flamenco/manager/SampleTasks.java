package io.flamenco.manager;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.TaskCommand;
import io.flamenco.shared.wire.WireTask;
import java.util.List;
import java.util.Map;

/** Tasks as a Server sends them. */
public final class SampleTasks {

    public static final JobId JOB = new JobId("58f8cc73cd8f78a3b2a1f0aa");

    private SampleTasks() {}

    public static WireTask task(String type) {
        return task(type, 50, 50);
    }

    public static WireTask task(String type, int priority, int jobPriority, TaskId... parents) {
        return task(JOB, type, priority, jobPriority, parents);
    }

    public static WireTask task(JobId job, String type, int priority, int jobPriority, TaskId... parents) {
        TaskId id = TaskId.next();
        return new WireTask(
                id,
                "etag-of-" + id,
                job,
                null,
                null,
                null,
                type + "-" + id.hex().substring(18),
                "queued",
                priority,
                jobPriority,
                "sample",
                type,
                List.of(
                        new TaskCommand(
                                "echo", Map.of("message", "Running Blender from {blender} {blender}{hey}", "n", 3)),
                        new TaskCommand("sleep", Map.of("time_in_seconds", 3, "nested", Map.of("a", "{blender}")))),
                "",
                "",
                List.of(parents),
                "",
                List.of(),
                null);
    }

    public static WireTask with(WireTask task, String status, int priority) {
        return new WireTask(
                task.id(),
                task.etag() + "+",
                task.job(),
                task.manager(),
                task.project(),
                task.user(),
                task.name(),
                status,
                priority,
                task.jobPriority(),
                task.jobType(),
                task.taskType(),
                task.commands(),
                task.log(),
                task.activity(),
                task.parents(),
                task.worker(),
                task.failedByWorkers(),
                task.metrics());
    }
}
