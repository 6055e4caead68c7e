package io.flamenco.cli.jobs;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.trust.PeerTrust;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Talks to a Server about jobs. Failures are sentences for people. */
public final class JobsClient {

    private final Vertx vertx;
    private final URI server;
    private final PeerTrust trust;
    private final ServerCalls calls;

    /**
     * @param server where it is reached, such as {@code http://server.studio:8090/}
     * @param token proves who calls, also when reading
     * @param trust by what the Server is recognised
     */
    public JobsClient(Vertx vertx, URI server, Optional<String> token, PeerTrust trust) {
        this.vertx = vertx;
        this.server = server;
        this.trust = trust;
        this.calls = new ServerCalls(vertx, server, token, trust);
    }

    /**
     * Submits a job once, even when the Server has to be asked again.
     *
     * @param token the Server's API token
     * @return the job as stored; a {@link io.flamenco.cli.process.CommandFailure} when the Server refuses it
     */
    public Future<JobView> submit(JobSubmission job, String token) {
        return new ServerCalls(vertx, server, Optional.of(token), trust)
                .post("jobs", job.toJson())
                .map(JobView::of);
    }

    /** The job of that id; a {@link io.flamenco.cli.process.CommandFailure} when there is none. */
    public Future<JobView> job(JobId id) {
        return calls.get("jobs/" + id).map(JobView::of);
    }

    /** The jobs that the Server has, the newest first; some hundred at most. */
    public Future<List<JobView>> jobs() {
        return calls.get("jobs").map(body -> {
            JsonArray jobs = body.getJsonArray("jobs", new JsonArray());
            return jobs.stream().map(JsonObject.class::cast).map(JobView::of).toList();
        });
    }

    /** The task types that the Workers of all Managers support together. */
    public Future<Set<String>> offeredTaskTypes() {
        return calls.get("managers?limit=1000").map(body -> {
            JsonArray managers = body.getJsonArray("managers", new JsonArray());
            return managers.stream()
                    .map(JsonObject.class::cast)
                    .flatMap(manager -> manager.getJsonArray("worker_task_types", new JsonArray()).stream())
                    .map(String::valueOf)
                    .collect(Collectors.toSet());
        });
    }
}
