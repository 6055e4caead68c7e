package io.flamenco.cli.jobs;

import io.flamenco.cli.process.CommandFailure;
import io.flamenco.shared.id.JobId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Talks to a Server about jobs. Failures are sentences for people. */
public final class JobsClient {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final int REFUSED = 400;

    private final WebClient client;
    private final URI server;

    /**
     * @param server where it is reached, such as {@code http://server.studio:8090/}
     */
    public JobsClient(Vertx vertx, URI server) {
        this.client = WebClient.create(vertx, new WebClientOptions().setConnectTimeout(5_000));
        this.server = server;
    }

    /**
     * Submits a job once, even when the Server has to be asked again.
     *
     * @param token the Server's API token
     * @return the job as stored; a {@link CommandFailure} when the Server refuses it
     */
    public Future<JobView> submit(JobSubmission job, String token) {
        HttpRequest<Buffer> request = client.postAbs(url("api/v1/jobs"))
                .bearerTokenAuthentication(token)
                .putHeader("Idempotency-Key", UUID.randomUUID().toString());
        return answer(request.timeout(ANSWER_WITHIN.toMillis()).sendJsonObject(job.toJson()))
                .map(body -> JobView.of(object(body)));
    }

    /** The job of that id; a {@link CommandFailure} when there is none. */
    public Future<JobView> job(JobId id) {
        return read("api/v1/jobs/" + id).map(body -> JobView.of(object(body)));
    }

    /** The jobs that the Server has, the newest first; some hundred at most. */
    public Future<List<JobView>> jobs() {
        return read("api/v1/jobs").map(body -> {
            JsonArray jobs = object(body).getJsonArray("jobs", new JsonArray());
            return jobs.stream().map(JsonObject.class::cast).map(JobView::of).toList();
        });
    }

    /** The task types that the Workers of all Managers support together. */
    public Future<Set<String>> offeredTaskTypes() {
        return read("api/v1/managers").map(body -> {
            JsonArray managers = object(body).getJsonArray("managers", new JsonArray());
            return managers.stream()
                    .map(JsonObject.class::cast)
                    .flatMap(manager -> manager.getJsonArray("worker_task_types", new JsonArray()).stream())
                    .map(String::valueOf)
                    .collect(Collectors.toSet());
        });
    }

    private Future<Buffer> read(String path) {
        return answer(client.getAbs(url(path)).timeout(ANSWER_WITHIN.toMillis()).send());
    }

    private Future<Buffer> answer(Future<HttpResponse<Buffer>> response) {
        return response.recover(failure -> Future.failedFuture(CommandFailure.of("The Server at " + server
                        + " cannot be reached (" + failure.getMessage()
                        + "); start it, or name another one with --server.")))
                .compose(this::accepted);
    }

    private Future<Buffer> accepted(HttpResponse<Buffer> response) {
        return response.statusCode() < REFUSED
                ? Future.succeededFuture(response.body())
                : Future.failedFuture(CommandFailure.of(sentence(response)));
    }

    private String sentence(HttpResponse<Buffer> response) {
        String detail;
        try {
            detail = response.bodyAsJsonObject().getString("detail", "");
        } catch (DecodeException | NullPointerException noProblemDocument) {
            detail = "";
        }
        return detail.isEmpty()
                ? "The Server at " + server + " refused this with status " + response.statusCode() + "."
                : detail;
    }

    private JsonObject object(Buffer body) {
        try {
            return body.toJsonObject();
        } catch (DecodeException e) {
            throw CommandFailure.of("What answers at " + server + " is no Flamenco Server; check the URL.");
        }
    }

    private String url(String path) {
        return server.resolve("/").resolve(path).toString();
    }
}
