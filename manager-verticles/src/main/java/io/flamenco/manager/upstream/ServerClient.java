package io.flamenco.manager.upstream;

import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.trust.UntrustedCertificate;
import io.flamenco.shared.wire.ManagerNews;
import io.flamenco.shared.wire.Notification;
import io.flamenco.shared.wire.PushResponse;
import io.flamenco.shared.wire.ServerCapabilities;
import io.flamenco.shared.wire.TaskUpdate;
import io.flamenco.shared.wire.WireJson;
import io.flamenco.shared.wire.WireTask;
import io.flamenco.shared.wire.WorkerReport;
import io.flamenco.shared.wire.WorkerReportAnswer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.TrustOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Every call that a Manager makes to its Server (Flamenco 2 protocol).
 *
 * <p>Each call ends within a time of its own, fails with an {@link HttpFailure} that a person can act on, and follows no
 * redirect, so that the secret never reaches another host. Bodies are compressed only when the Server has said, with an
 * {@code Accept-Encoding} header in one of its answers (RFC 7694), that it takes gzip.
 */
public final class ServerClient {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration RECHECK_WITHIN = Duration.ofSeconds(2);
    private static final Duration NOTIFY_WITHIN = Duration.ofSeconds(15);
    private static final Duration PUSH_WITHIN = Duration.ofSeconds(60);
    private static final Duration UPLOAD_WITHIN = Duration.ofMinutes(10);
    private static final Duration DOWNLOAD_WITHIN = Duration.ofMinutes(10);

    /** A connection on which nothing moves for so long is given up. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final int CONNECTIONS = 16;
    private static final int LONGEST_ANSWER_BYTES = 64 * 1024 * 1024;
    private static final int COMPRESS_FROM_BYTES = 1024;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    private final Vertx vertx;
    private final ServerLink link;
    private final HttpClient client;
    private boolean serverTakesGzip;

    /** A client with connections of its own; close it with the verticle that owns it. */
    public ServerClient(Vertx vertx, ServerLink link) {
        this.vertx = vertx;
        this.link = link;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setDecompressionSupported(true)
                        .setTrustOptions(TrustOptions.wrap(link.recognised())),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    }

    private record Call(String name, HttpMethod method, String url, Duration patience) {}

    /**
     * Sends updates, oldest first; none is fine and only asks what to cancel.
     *
     * @return what the Server made of them
     */
    Future<PushResponse> push(List<TaskUpdate> updates) {
        Call call =
                new Call("push of task updates", HttpMethod.POST, link.managerUrl("task-update-batch"), PUSH_WITHIN);
        return post(call, WireJson.write(updates)).map(answer -> answer.read(PushResponse.class));
    }

    /** Tells the Server that this Manager started. */
    Future<Void> tellStarted(Notification notification) {
        return tell("startup notification", "startup", notification);
    }

    /** Tells the Server what changed about this Manager. */
    Future<Void> tellChanged(Notification notification) {
        return tell("notification of changed task types", "update", notification);
    }

    /** Whether the Server takes something beyond the protocol, by a name of {@link ServerCapabilities}. */
    Future<Boolean> takes(String capability) {
        Call call = new Call(
                "question what the Server takes",
                HttpMethod.GET,
                link.url("/api/flamenco/managers/" + link.managerId()),
                NOTIFY_WITHIN);
        return exchange(call, options(call), HttpClientRequest::send, response -> answer(call, response))
                .compose(ServerClient::successful)
                .map(answer -> answer.takes(capability));
    }

    /** Tells the Server of the Workers, and hears what is wanted of them. */
    Future<WorkerReportAnswer> tellWorkers(WorkerReport report) {
        Call call = new Call("report of Workers", HttpMethod.POST, link.managerUrl("worker-reports"), NOTIFY_WITHIN);
        return post(call, WireJson.write(report)).map(answer -> answer.read(WorkerReportAnswer.class));
    }

    /**
     * Waits for what is new on the Server for this Manager.
     *
     * @param mark of the last answer; empty for the first question
     * @param wait after which the Server answers though nothing happened
     */
    Future<ManagerNews> news(String mark, Duration wait) {
        Call call = new Call(
                "question for news",
                HttpMethod.GET,
                link.managerUrl("news?after=" + URLEncoder.encode(mark, StandardCharsets.UTF_8)),
                wait.plus(NOTIFY_WITHIN));
        RequestOptions options = options(call).putHeader("Prefer", "wait=" + wait.toSeconds());
        return exchange(call, options, HttpClientRequest::send, response -> answer(call, response))
                .compose(ServerClient::successful)
                .map(answer -> answer.read(ManagerNews.class));
    }

    /** Asks whether the task is still the one of that etag; never fails. */
    Future<Recheck> recheck(TaskId task, String etag) {
        Call call = new Call(
                "check of task " + task, HttpMethod.GET, link.url("/api/flamenco/tasks/" + task), RECHECK_WITHIN);
        RequestOptions options = options(call).putHeader(HttpHeaders.IF_NONE_MATCH, etag);
        return exchange(call, options, HttpClientRequest::send, response -> answer(call, response))
                .map(Recheck::of)
                .otherwise(failure -> new Recheck.Unknown(String.valueOf(failure.getMessage())));
    }

    /**
     * Downloads the tasks that changed since the cursor, or all that matter when there is none.
     *
     * @param cursor of the last whole download
     * @param merge takes the tasks in portions; the next portion comes when it succeeds
     */
    Future<DepsgraphDownload.Result> download(Optional<String> cursor, Function<List<WireTask>, Future<?>> merge) {
        Call call = new Call("download of tasks", HttpMethod.GET, link.managerUrl("depsgraph"), DOWNLOAD_WITHIN);
        RequestOptions options = options(call);
        cursor.ifPresent(since -> options.putHeader("X-Flamenco-If-Updated-Since", since));
        return exchange(call, options, HttpClientRequest::send, response -> switch (response.statusCode()) {
            case 200 -> new DepsgraphDownload(response, merge).run();
            case 204, 304 -> Future.succeededFuture(DepsgraphDownload.Result.nothingNew());
            default -> answer(call, response).compose(answer -> Future.failedFuture(answer.failure()));
        });
    }

    /** Sends the whole log of a task: a file that is compressed with gzip, under its own name. */
    Future<Void> uploadLog(TaskId task, Path gzip) {
        Call call = new Call(
                "upload of the log of task " + task,
                HttpMethod.POST,
                link.managerUrl("attach-task-log/" + task),
                UPLOAD_WITHIN);
        return LogForm.open(vertx, gzip)
                .compose(form -> exchange(call, options(call), form::send, response -> answer(call, response))
                        .eventually(form::close))
                .compose(ServerClient::successful)
                .mapEmpty();
    }

    /**
     * Sends a small picture of what a task made.
     *
     * @param frame that it shows, if that is known
     */
    Future<Void> sendPicture(TaskId task, OptionalInt frame, Buffer jpeg) {
        String query = frame.isPresent() ? "?frame=" + frame.getAsInt() : "";
        Call call = new Call(
                "picture of task " + task,
                HttpMethod.POST,
                link.managerUrl("tasks/" + task + "/picture" + query),
                NOTIFY_WITHIN);
        RequestOptions options = options(call).putHeader(HttpHeaders.CONTENT_TYPE, "image/jpeg");
        return exchange(call, options, request -> request.send(jpeg), response -> answer(call, response))
                .compose(ServerClient::successful)
                .mapEmpty();
    }

    /** Ends all connections. */
    public Future<Void> close() {
        return client.close();
    }

    private Future<Void> tell(String name, String path, Notification notification) {
        Call call = new Call(name, HttpMethod.POST, link.managerUrl(path), NOTIFY_WITHIN);
        return post(call, WireJson.write(notification)).mapEmpty();
    }

    private Future<ServerAnswer> post(Call call, Buffer json) {
        boolean compress = serverTakesGzip && json.length() >= COMPRESS_FROM_BYTES;
        Future<Buffer> body = compress
                ? vertx.executeBlocking(() -> BlockingGzip.compress(json), false)
                : Future.succeededFuture(json);
        RequestOptions options = options(call).putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        if (compress) {
            options.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return body.compose(bytes ->
                        exchange(call, options, request -> request.send(bytes), response -> answer(call, response)))
                .onSuccess(this::learnAboutGzip)
                .compose(ServerClient::successful);
    }

    private void learnAboutGzip(ServerAnswer answer) {
        serverTakesGzip = answer.status() != UNSUPPORTED_MEDIA_TYPE && (serverTakesGzip || answer.acceptsGzip());
    }

    private static Future<ServerAnswer> successful(ServerAnswer answer) {
        return answer.ok() ? Future.succeededFuture(answer) : Future.failedFuture(answer.failure());
    }

    private RequestOptions options(Call call) {
        return new RequestOptions()
                .setMethod(call.method())
                .setAbsoluteURI(call.url())
                .setFollowRedirects(false)
                .setConnectTimeout(CONNECT_WITHIN.toMillis())
                .setIdleTimeout(SILENCE.toMillis())
                .putHeader(HttpHeaders.AUTHORIZATION, link.authorization());
    }

    private <T> Future<T> exchange(
            Call call,
            RequestOptions options,
            Function<HttpClientRequest, Future<HttpClientResponse>> sender,
            Function<HttpClientResponse, Future<T>> reader) {
        Future<HttpClientRequest> request = client.request(options);
        return request.compose(opened -> sender.apply(opened).compose(reader))
                .timeout(call.patience().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> request.onSuccess(HttpClientRequest::reset))
                .recover(failure -> Future.failedFuture(asHttpFailure(call, failure)));
    }

    private Future<ServerAnswer> answer(Call call, HttpClientResponse response) {
        Buffer body = Buffer.buffer();
        response.handler(part -> {
            if (body.length() + part.length() > LONGEST_ANSWER_BYTES) {
                response.request().reset();
            } else {
                body.appendBuffer(part);
            }
        });
        return response.end()
                .map(ended -> new ServerAnswer(call.name(), response.statusCode(), response.headers(), body));
    }

    private HttpFailure asHttpFailure(Call call, Throwable failure) {
        if (failure instanceof HttpFailure known) {
            return known;
        }
        String start = "The Server at " + link.server() + " ";
        return failure instanceof TimeoutException
                ? new HttpFailure(504, start + "did not answer the " + call.name() + " in time.")
                : new HttpFailure(
                        503,
                        start + "cannot be reached for the " + call.name() + ": " + UntrustedCertificate.reason(failure)
                                + ".");
    }
}
