package io.flamenco.manager.http;

import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.FindTask;
import io.flamenco.manager.tasklog.HeadAndTail;
import io.flamenco.manager.tasklog.LogPaths;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.id.TaskId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.FileProps;
import io.vertx.core.file.FileSystemException;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Task logs over HTTP: {@code /logfile/{job}/{task}} as in the Flamenco 2 protocol, and {@code /api/v1/tasks/{id}/log} in
 * pieces for pages that follow a log.
 */
public final class LogRoutes implements RouteGroup {

    private static final int LARGEST_PIECE = 1024 * 1024;
    private static final int USUAL_PIECE = 256 * 1024;
    private static final OpenOptions READ = new OpenOptions().setWrite(false).setCreate(false);

    private final Vertx vertx;
    private final FarmBus bus;
    private final LogPaths paths;
    private final BearerGate gate;

    /**
     * @param logs the directory of the task logs
     * @param gate stands before whole logs
     */
    public LogRoutes(Vertx vertx, FarmBus bus, Path logs, BearerGate gate) {
        this.vertx = vertx;
        this.bus = bus;
        this.paths = new LogPaths(logs);
        this.gate = gate;
    }

    @Override
    public void addTo(Router router) {
        router.route("/logfile/:job/:task").handler(gate).handler(this::logFile);
        router.get("/api/v1/tasks/:task/log").handler(this::piece);
    }

    private void logFile(RoutingContext context) {
        Path log = paths.current(new JobId(id(context, "job")), new TaskId(id(context, "task")));
        propsOf(log)
                .compose(props -> sendLog(context, log, props))
                .recover(absent -> sendCompressed(context, LogPaths.compressed(log), absent))
                .onFailure(context::fail);
    }

    private Future<Void> sendLog(RoutingContext context, Path log, FileProps props) {
        HeadAndTail view = new HeadAndTail(props.size());
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/plain");
        String userAgent = context.request().getHeader(HttpHeaders.USER_AGENT);
        return view.shownWhole(userAgent == null ? "" : userAgent)
                ? new FileAnswer(context, log, props).send()
                : sendHeadAndTail(context.response(), log, view);
    }

    private Future<Void> sendHeadAndTail(HttpServerResponse response, Path log, HeadAndTail view) {
        return reading(
                log,
                file -> read(file, 0, HeadAndTail.HEAD)
                        .compose(head -> read(file, view.tailStart(), HeadAndTail.TAIL)
                                .compose(tail -> response.end(Buffer.buffer()
                                        .appendBuffer(head)
                                        .appendString(view.marker())
                                        .appendBuffer(afterFirstLineBreak(tail))))));
    }

    private Future<Void> sendCompressed(RoutingContext context, Path gzip, Throwable why) {
        if (!isMissing(why)) {
            return Future.failedFuture(why);
        }
        return propsOf(gzip)
                .compose(props -> {
                    context.response()
                            .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain")
                            .putHeader(HttpHeaders.CONTENT_ENCODING, "gzip")
                            .putHeader("Content-Disposition", "attachment; filename=\"" + gzip.getFileName() + "\"");
                    return new FileAnswer(context, gzip, props).send();
                })
                .recover(failure -> Future.failedFuture(
                        isMissing(failure) ? new HttpFailure(404, "This task has no log yet.") : failure));
    }

    private void piece(RoutingContext context) {
        TaskId task = new TaskId(id(context, "task"));
        QueryNumbers query = new QueryNumbers(context);
        long from = query.number("from", 0, -(1L << 53), 1L << 53);
        int limit = (int) query.number("limit", USUAL_PIECE, 1, LARGEST_PIECE);
        bus.ask(SchedulerOrders.FIND_TASK, new FindTask(task))
                .compose(found -> {
                    if (found.task() == null) {
                        throw new HttpFailure(404, "There is no task " + task + " on this Manager.");
                    }
                    return sendPiece(
                            context.response(), paths.current(found.task().jobId(), task), from, limit);
                })
                .onFailure(context::fail);
    }

    private Future<Void> sendPiece(HttpServerResponse response, Path log, long from, int limit) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return reading(
                        log,
                        file -> file.size().compose(size -> {
                            long start = from < 0 ? Math.max(0, size + from) : Math.min(from, size);
                            int length = (int) Math.min(limit, size - start);
                            return read(file, start, length).compose(bytes -> sendPiece(response, start, size, bytes));
                        }))
                .recover(failure ->
                        isMissing(failure) ? sendPiece(response, 0, 0, Buffer.buffer()) : Future.failedFuture(failure));
    }

    private static Future<Void> sendPiece(HttpServerResponse response, long start, long size, Buffer bytes) {
        return response.putHeader("X-Log-Offset", Long.toString(start))
                .putHeader("X-Log-Size", Long.toString(size))
                .end(bytes);
    }

    private Future<FileProps> propsOf(Path file) {
        return vertx.fileSystem().props(file.toString());
    }

    private <T> Future<T> reading(Path file, java.util.function.Function<AsyncFile, Future<T>> reader) {
        return vertx.fileSystem()
                .open(file.toString(), READ)
                .compose(open -> reader.apply(open).eventually(open::close));
    }

    private static Future<Buffer> read(AsyncFile file, long position, int length) {
        return length == 0
                ? Future.succeededFuture(Buffer.buffer())
                : file.read(Buffer.buffer(length), 0, position, length);
    }

    private static Buffer afterFirstLineBreak(Buffer bytes) {
        for (int at = 0; at < bytes.length(); at++) {
            if (bytes.getByte(at) == '\n') {
                return bytes.slice(at + 1, bytes.length());
            }
        }
        return bytes;
    }

    private static boolean isMissing(Throwable failure) {
        return failure instanceof NoSuchFileException
                || (failure instanceof FileSystemException && failure.getCause() instanceof NoSuchFileException);
    }

    private static String id(RoutingContext context, String parameter) {
        String value = context.pathParam(parameter);
        if (!ObjectIds.isValid(value)) {
            throw new HttpFailure(404, "Invalid ObjectID used for " + parameter + "-id: " + value);
        }
        return value;
    }
}
