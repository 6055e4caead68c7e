package io.flamenco.server.jobs;

import io.flamenco.server.compile.Overrides;
import io.flamenco.server.domain.JobState;
import io.flamenco.server.domain.TaskCounts;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.NewTask;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.StoredTask;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.status.JobStatus;
import io.flamenco.shared.status.TaskStatus;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gives a compiled Blender job other overrides: the task that writes them gets other commands and is queued, or is put
 * before the render tasks when there was none. The status of the job stays; people queue what they want rendered again.
 * The job is released anew, by which its Manager sees every change.
 */
final class OverridesDesk {

    private static final Set<JobStatus> WITHOUT_TASKS = EnumSet.of(
            JobStatus.ARCHIVED,
            JobStatus.ARCHIVING,
            JobStatus.UNDER_CONSTRUCTION,
            JobStatus.WAITING_FOR_FILES,
            JobStatus.CONSTRUCTION_FAILED);

    private final Jobs jobs;
    private final Tasks tasks;
    private final JobBook book;

    OverridesDesk(Jobs jobs, Tasks tasks, JobBook book) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.book = book;
    }

    Future<Void> set(StoredJob job, List<String> overrides, Instant now) {
        JsonObject settings = new JsonObject(job.settings());
        String after = Overrides.after(job.jobType())
                .orElseThrow(() -> new HttpFailure(422, "Jobs of type " + job.jobType() + " have no overrides."));
        if (WITHOUT_TASKS.contains(job.status())) {
            throw new HttpFailure(409, "The job is " + job.status() + " and has no tasks to change.");
        }
        String commands = Overrides.commands(settings.getString("filepath", ""), overrides)
                .orElseThrow(() -> new HttpFailure(409, "The job has no Blender file."));
        settings.put("rna_overrides", new JsonArray(overrides));
        return jobs.unsettle(List.of(job.id()))
                .compose(marked -> jobs.writeSettings(job.id(), settings.encode(), now))
                .compose(written -> tasks.named(job.id(), Overrides.TASK_NAME))
                .compose(found ->
                        found.isPresent() ? renew(job, found.get(), commands, now) : insert(job, after, commands, now));
    }

    private Future<Void> renew(StoredJob job, StoredTask task, String commands, Instant now) {
        TaskStatus before = task.state().status();
        TaskCounts counts = job.state().tasks().moved(before, TaskStatus.QUEUED);
        return tasks.writeCommands(task.id(), commands)
                .compose(written -> tasks.queue(task.id()))
                .compose(queued -> book.write(job.state().with(counts), true, now));
    }

    private Future<Void> insert(StoredJob job, String after, String commands, Instant now) {
        Future<Optional<StoredTask>> before =
                after.isEmpty() ? Future.succeededFuture(Optional.empty()) : tasks.named(job.id(), after);
        return before.compose(anchor -> {
            Optional<TaskId> parent = anchor.map(StoredTask::id);
            NewTask task = new NewTask(
                    TaskId.next(),
                    Overrides.TASK_NAME,
                    Overrides.TASK_TYPE,
                    Overrides.PRIORITY,
                    commands,
                    parent.stream().toList());
            JobState counted = job.state().with(job.state().tasks().plus(TaskStatus.QUEUED));
            return tasks.insert(job.id(), job.manager(), TaskStatus.QUEUED, now, List.of(task))
                    .compose(inserted -> tasks.reparent(job.id(), Overrides.RENDER_TASK_TYPE, parent, task.id()))
                    .compose(reparented -> book.write(counted, true, now));
        });
    }
}
