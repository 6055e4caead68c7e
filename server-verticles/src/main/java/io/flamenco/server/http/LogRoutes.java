package io.flamenco.server.http;

import io.flamenco.server.files.JobFiles;
import io.flamenco.server.store.Managers;
import io.flamenco.server.store.StoredTask;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.status.TaskStatus;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/**
 * Whole task logs: people ask for one, its Manager is told with its next batch of reports, and uploads it. The log is kept
 * compressed, as it came.
 */
final class LogRoutes {

    private static final long LARGEST_LOG_BYTES = 512L << 20;
    private static final String GZ = ".gz";

    private final Tasks tasks;
    private final Managers managers;
    private final ManagerLogin login;
    private final LogWishes wishes;
    private final JobFiles files;

    LogRoutes(Tasks tasks, Managers managers, FarmBus bus, JobFiles files) {
        this.tasks = tasks;
        this.managers = managers;
        this.login = new ManagerLogin(managers);
        this.wishes = new LogWishes(managers, bus);
        this.files = files;
    }

    void mountForManagers(Router router) {
        String path = "/api/flamenco/managers/:mid/attach-task-log/:tid";
        router.post(path).handler(login::guard);
        router.post(path)
                .handler(BodyHandler.create(true)
                        .setUploadsDirectory(files.incoming().toString())
                        .setDeleteUploadedFilesOnEnd(true)
                        .setBodyLimit(LARGEST_LOG_BYTES))
                .handler(Answering.with(this::attach));
    }

    void mountForPeople(Router router, String base) {
        router.post(base + "/tasks/:tid/request-log").handler(Answering.with(this::request));
        router.get(base + "/jobs/:jid/archive.zip").handler(Answering.with(this::downloadArchive));
        router.get(base + "/tasks/:tid/log.gz").handler(Answering.with(this::download));
    }

    private Future<Void> attach(RoutingContext context) {
        ManagerId manager = ManagerLogin.known(context);
        TaskId id = Requests.id(context, "tid", TaskId::new);
        FileUpload upload = context.fileUploads().stream()
                .filter(file -> "logfile".equals(file.name()))
                .findFirst()
                .orElseThrow(() -> new HttpFailure(400, "The form has no file named \"logfile\"."));
        if (!upload.fileName().endsWith(GZ)) {
            throw new HttpFailure(400, "The log must be compressed; the name of its file must end in .gz.");
        }
        return managers.logReceived(manager, id).compose(done -> tasks.find(id)).compose(found -> {
            StoredTask task = found.filter(mine -> mine.state().manager().equals(manager))
                    .orElseThrow(() -> new HttpFailure(404, "There is no such task of yours."));
            return keep(task, upload)
                    .compose(kept -> context.response()
                            .setStatusCode(task.logFile().isPresent() ? 200 : 201)
                            .putHeader(HttpHeaders.LOCATION, "/api/v1/tasks/" + id + "/log.gz")
                            .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                            .end(new JsonObject().put("_message", "ok").toBuffer()));
        });
    }

    private Future<Void> keep(StoredTask task, FileUpload upload) {
        String name = JobFiles.logName(task.state().job(), task.id());
        return files.keepLog(name, upload.uploadedFileName())
                .compose(kept -> tasks.attachLog(task.id(), name))
                .compose(attached -> tasks.find(task.id()))
                .compose(still -> still.isPresent()
                        ? Future.succeededFuture()
                        : files.removeLog(name)
                                .transform(removed -> Future.failedFuture(
                                        new HttpFailure(404, "The task was removed during the upload."))));
    }

    private Future<Void> request(RoutingContext context) {
        return task(context).compose(task -> {
            TaskStatus status = task.state().status();
            if (!LogWishes.worthAsking(status)) {
                throw new HttpFailure(409, "The task is " + status + ", so its Manager has no log of it yet.");
            }
            return wishes.want(task)
                    .compose(wanted -> context.response().setStatusCode(202).end());
        });
    }

    private Future<Void> download(RoutingContext context) {
        return task(context).compose(task -> {
            String name = task.logFile()
                    .orElseThrow(() -> new HttpFailure(
                            404, "The log of this task was not uploaded; ask for it with POST …/request-log."));
            return context.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/gzip")
                    .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
                    .putHeader("Content-Disposition", "attachment; filename=\"task-" + task.id() + ".log.gz\"")
                    .sendFile(files.log(name).toString());
        });
    }

    private Future<Void> downloadArchive(RoutingContext context) {
        JobId id = Requests.id(context, "jid", JobId::new);
        return files.archived(id).compose(there -> {
            if (!there) {
                throw new HttpFailure(404, "There is no archive of the job " + id + ".");
            }
            return context.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/zip")
                    .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
                    .putHeader("Content-Disposition", "attachment; filename=\"" + JobFiles.archiveName(id) + "\"")
                    .sendFile(files.archive(id).toString());
        });
    }

    private Future<StoredTask> task(RoutingContext context) {
        TaskId id = Requests.id(context, "tid", TaskId::new);
        return tasks.find(id)
                .map(found -> found.orElseThrow(() -> new HttpFailure(404, "There is no task " + id + ".")));
    }
}
