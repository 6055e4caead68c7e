package io.flamenco.server.archive;

import io.flamenco.server.jobs.JobOrder;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.StoredTask;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.bus.Command;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.status.JobStatus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves jobs to the archive, one after the other. Runs once. */
public final class ArchiveVerticle extends VerticleBase {

    /** Moves a job to the archive; answered as soon as it has begun. */
    public static final Command<Archive, Done> ARCHIVE =
            new Command<>("server.archive.archive", Archive.class, Done.class);

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveVerticle.class);
    private static final int PAGE = 500;

    private final Jobs jobs;
    private final Tasks tasks;
    private final Path archive;
    private final Path logs;
    private Future<Void> queue = Future.succeededFuture();

    /**
     * @param archive where the files go
     * @param logs where uploaded logs are kept
     */
    public ArchiveVerticle(Jobs jobs, Tasks tasks, Path archive, Path logs) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.archive = archive;
        this.logs = logs;
    }

    /** @see #ARCHIVE */
    public record Archive(JobId job) {}

    /** The name of a job's file. */
    public static String fileName(JobId job) {
        return "flamenco-job-" + job + ".zip";
    }

    @Override
    public Future<?> start() {
        FarmBus bus = new FarmBus(vertx);
        bus.answer(
                ARCHIVE,
                order -> bus.ask(JobOrder.BEGIN_ARCHIVE, new JobOrder.BeginArchive(order.job()))
                        .onSuccess(begun -> enqueue(order.job(), bus)));
        return jobs.of(JobStatus.ARCHIVING)
                .onSuccess(interrupted -> interrupted.forEach(job -> enqueue(job.id(), bus)));
    }

    private void enqueue(JobId job, FarmBus bus) {
        queue = queue.transform(before -> archive(job, bus))
                .onSuccess(archived -> LOG.info("A job is in the archive. job={}", job))
                .onFailure(failure -> LOG.error(
                        "A job could not be archived; it will be tried again at the next start. job={}", job, failure));
    }

    private Future<Void> archive(JobId id, FarmBus bus) {
        return jobs.find(id)
                .map(Optional::orElseThrow)
                .compose(job -> vertx.executeBlocking(() -> ArchiveFile.begin(archive, fileName(id)))
                        .compose(file -> addJob(file, job)
                                .compose(added -> addTasks(file, job, Optional.empty()))
                                .compose(added -> blocking(file::finish))
                                .recover(failure ->
                                        blocking(file::abandon).transform(abandoned -> Future.failedFuture(failure)))))
                .compose(written -> bus.ask(JobOrder.FINISH_ARCHIVE, new JobOrder.FinishArchive(id, fileName(id))))
                .compose(done -> removeLogs(id));
    }

    private Future<Void> addJob(ArchiveFile file, StoredJob job) {
        JsonObject document = new JsonObject()
                .put("_id", job.id().hex())
                .put("name", job.state().name())
                .put("job_type", job.jobType())
                .put("description", job.description())
                .put("created", job.created().toString())
                .put("updated", job.updated().toString())
                .put("manager", job.manager().hex())
                .put("project", job.project().hex())
                .put("user", job.user().hex())
                .put("priority", job.priority())
                .put("status", job.statusBeforeArchive().wire())
                .put("status_reason", job.state().reason())
                .put("settings", new JsonObject(job.settings()));
        return blocking(() -> file.add("job-" + job.id() + ".json", text(document)));
    }

    private Future<Void> addTasks(ArchiveFile file, StoredJob job, Optional<TaskId> after) {
        return tasks.page(job.id(), Set.of(), after, PAGE)
                .compose(page -> blocking(() -> add(file, page))
                        .compose(added -> page.size() < PAGE
                                ? Future.succeededFuture()
                                : addTasks(file, job, Optional.of(page.getLast().id()))));
    }

    private void add(ArchiveFile file, List<StoredTask> page) throws IOException {
        for (StoredTask task : page) {
            file.add("task-" + task.id() + ".json", text(document(task)));
            if (task.logFile().isPresent()) {
                file.add(
                        "task-" + task.id() + ".log.gz",
                        logs.resolve(task.logFile().get()));
            }
        }
    }

    private static JsonObject document(StoredTask task) {
        JsonArray parents = new JsonArray();
        task.parents().forEach(parent -> parents.add(parent.hex()));
        JsonObject document = new JsonObject()
                .put("_id", task.id().hex())
                .put("job", task.state().job().hex())
                .put("name", task.state().name())
                .put("status", task.state().status().wire())
                .put("task_type", task.taskType())
                .put("priority", task.priority())
                .put("commands", new JsonArray(task.commands()))
                .put("parents", parents)
                .put("activity", task.state().activity())
                .put("worker", task.state().worker())
                .put("log", task.logTail())
                .put("created", task.created().toString())
                .put("updated", task.updated().toString());
        return task.timing().isEmpty() ? document : document.put("timing", new JsonObject(task.timing()));
    }

    private Future<Void> removeLogs(JobId id) {
        String directory = logs.resolve("job-" + id).toString();
        return vertx.fileSystem()
                .exists(directory)
                .compose(there -> there ? vertx.fileSystem().deleteRecursive(directory) : Future.succeededFuture());
    }

    private Future<Void> blocking(Step step) {
        return vertx.executeBlocking(() -> {
            step.take();
            return null;
        });
    }

    private interface Step {
        void take() throws IOException;
    }

    private static byte[] text(JsonObject json) {
        return json.encodePrettily().getBytes(StandardCharsets.UTF_8);
    }
}
