package io.flamenco.server.archive;

import io.flamenco.server.files.JobFiles;
import io.flamenco.server.jobs.JobOrder;
import io.flamenco.server.store.ArchivedTasks;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.JobId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;

/**
 * Reads a job's tasks and logs back from its archive, page by page. The archive is removed when everything else is done, so
 * that whatever goes wrong on the way can be repeated.
 */
final class Restoring {

    private static final int PAGE = 500;

    private final Vertx vertx;
    private final Tasks tasks;
    private final ArchivedTasks archived;
    private final JobFiles files;
    private final FarmBus bus;

    Restoring(Vertx vertx, Tasks tasks, ArchivedTasks archived, JobFiles files, FarmBus bus) {
        this.vertx = vertx;
        this.tasks = tasks;
        this.archived = archived;
        this.files = files;
        this.bus = bus;
    }

    Future<Void> restore(JobId id) {
        return tasks.removeOf(id)
                .compose(empty -> vertx.executeBlocking(() -> ArchiveReader.open(files.archive(id), id)))
                .compose(file -> copy(file, id, 0)
                        .eventually(() -> vertx.executeBlocking(() -> {
                            file.close();
                            return null;
                        })))
                .compose(copied -> bus.ask(JobOrder.FINISH_RESTORE, new JobOrder.FinishRestore(id)))
                .compose(done -> files.removeArchive(id))
                .recover(failure -> bus.ask(JobOrder.GIVE_UP_RESTORE, new JobOrder.GiveUpRestore(id))
                        .transform(givenUp -> Future.failedFuture(failure)));
    }

    private Future<Void> copy(ArchiveReader file, JobId id, int from) {
        if (from >= file.size()) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(() -> page(file, id, from))
                .compose(archived::insert)
                .compose(inserted -> copy(file, id, from + PAGE));
    }

    private List<JsonObject> page(ArchiveReader file, JobId id, int from) throws IOException {
        List<JsonObject> page = file.tasks(from, PAGE);
        for (JsonObject task : page) {
            file.copyLog(ArchivedTasks.id(task), files.log(JobFiles.logName(id, ArchivedTasks.id(task))));
        }
        return page;
    }
}
