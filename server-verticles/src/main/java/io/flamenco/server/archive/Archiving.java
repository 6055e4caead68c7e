package io.flamenco.server.archive;

import io.flamenco.server.files.JobFiles;
import io.flamenco.server.jobs.JobOrder;
import io.flamenco.server.store.ArchivedTasks;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.StoredJob;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Writes a job's documents and logs to a file, page by page, and has the job's tasks removed once that is whole. */
final class Archiving {

    private static final int PAGE = 500;

    private final Vertx vertx;
    private final Jobs jobs;
    private final ArchivedTasks tasks;
    private final JobFiles files;
    private final FarmBus bus;

    Archiving(Vertx vertx, Jobs jobs, ArchivedTasks tasks, JobFiles files, FarmBus bus) {
        this.vertx = vertx;
        this.jobs = jobs;
        this.tasks = tasks;
        this.files = files;
        this.bus = bus;
    }

    /** A file that is whole already is kept: after a crash, some of its tasks may be nowhere else any more. */
    Future<Void> archive(JobId id) {
        String name = JobFiles.archiveName(id);
        return jobs.archive(id)
                .compose(whole -> whole.isPresent() ? Future.succeededFuture() : writeAll(id, name))
                .compose(written -> bus.ask(JobOrder.FINISH_ARCHIVE, new JobOrder.FinishArchive(id, name)))
                .compose(done -> files.removeLogs(id));
    }

    private Future<Void> writeAll(JobId id, String name) {
        return jobs.find(id)
                .map(Optional::orElseThrow)
                .compose(job -> vertx.executeBlocking(() -> ArchiveWriter.begin(files.archives(), name))
                        .compose(file -> write(file, job)));
    }

    private Future<Void> write(ArchiveWriter file, StoredJob job) {
        return blocking(() -> file.add("job-" + job.id() + ".json", text(document(job))))
                .compose(added -> addTasks(file, job.id(), Optional.empty()))
                .compose(added -> blocking(file::finish))
                .recover(failure -> blocking(file::abandon).transform(abandoned -> Future.failedFuture(failure)));
    }

    private static JsonObject document(StoredJob job) {
        return new JsonObject()
                .put("_id", job.id().hex())
                .put("name", job.state().name())
                .put("job_type", job.jobType())
                .put("description", job.description())
                .put("_created", job.created().toString())
                .put("_updated", job.updated().toString())
                .put("manager", job.manager().hex())
                .put("project", job.project().hex())
                .put("user", job.user().hex())
                .put("priority", job.priority())
                .put("status", job.statusBeforeArchive().wire())
                .put("status_reason", job.state().reason())
                .put("settings", new JsonObject(job.settings()));
    }

    private Future<Void> addTasks(ArchiveWriter file, JobId job, Optional<TaskId> after) {
        return tasks.page(job, after, PAGE)
                .compose(page -> blocking(() -> add(file, page))
                        .compose(added -> page.size() < PAGE
                                ? Future.succeededFuture()
                                : addTasks(file, job, Optional.of(ArchivedTasks.id(page.getLast())))));
    }

    private void add(ArchiveWriter file, List<JsonObject> page) throws IOException {
        for (JsonObject task : page) {
            file.add("task-" + ArchivedTasks.id(task) + ".json", text(task));
            Optional<String> log = ArchivedTasks.logFile(task);
            if (log.isPresent()) {
                file.add("task-" + ArchivedTasks.id(task) + ".log.gz", files.log(log.get()));
            }
        }
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
