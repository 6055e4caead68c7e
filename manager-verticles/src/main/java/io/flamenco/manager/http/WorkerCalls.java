package io.flamenco.manager.http;

import io.flamenco.manager.workers.Seen;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.http.RateLimit;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What all calls of Workers have in common: credentials first, and the failures that the protocol knows. */
final class WorkerCalls {

    private static final String CHALLENGE = "Basic realm=\"Flamenco Manager\"";

    private final WorkerCredentials credentials;
    private final RateLimit guesses;

    /** @param guesses how many wrong credentials one address may show */
    WorkerCalls(WorkerCredentials credentials, RateLimit guesses) {
        this.credentials = credentials;
        this.guesses = guesses;
    }

    /** A handler that does the action once it is known which Worker calls. */
    Handler<RoutingContext> by(BiConsumer<RoutingContext, WorkerId> action) {
        return context -> {
            String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
            WorkerId known = credentials.remembered(header);
            if (known != null) {
                action.accept(context, known);
            } else {
                verify(context, header, action);
            }
        };
    }

    /** Checking a secret costs time, so whoever guesses has to wait; credentials that were found right lately do not. */
    private void verify(RoutingContext context, @Nullable String header, BiConsumer<RoutingContext, WorkerId> action) {
        Optional<Duration> wait = guesses.waiting(seen(context).address());
        if (wait.isPresent()) {
            context.response()
                    .putHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.get().toSeconds() + 1));
            Answers.text(context, 429, "Too many wrong credentials came from this address; try again later\n");
            return;
        }
        context.request().pause();
        credentials
                .verify(header)
                .onComplete(worker -> proceed(context, worker, action), failure -> fail(context, failure));
    }

    /** As {@link #by}, for a path that names a task. */
    Handler<RoutingContext> about(TaskAction action) {
        return by((context, worker) -> {
            String id = context.pathParam("task");
            if (ObjectIds.isValid(id)) {
                action.accept(context, worker, new TaskId(id));
            } else {
                context.request().resume();
                Answers.text(context, 404, "Invalid ObjectID used for task-id: " + id + "\n");
            }
        });
    }

    /** What is done for a Worker and a task. */
    @FunctionalInterface
    interface TaskAction {
        void accept(RoutingContext context, WorkerId worker, TaskId task);
    }

    /** The Worker was removed between its credentials and its order. */
    void vanished(RoutingContext context, WorkerId worker) {
        credentials.forget(worker);
        Answers.text(context, 403, "Unable to find worker: " + worker + " is not registered here any more\n");
    }

    /** Answers a failure as the protocol does. */
    void fail(RoutingContext context, Throwable failure) {
        if (failure instanceof HttpFailure known && !context.response().ended()) {
            Answers.text(context, known.status(), known.getMessage() + "\n");
        } else {
            context.fail(failure);
        }
    }

    /** Where the call came from. */
    static Seen seen(RoutingContext context) {
        String software = context.request().getHeader(HttpHeaders.USER_AGENT);
        return new Seen(host(context.request().remoteAddress()), software == null ? "" : software);
    }

    private static String host(@Nullable SocketAddress address) {
        return address == null ? "" : Optional.ofNullable(address.hostAddress()).orElseGet(address::toString);
    }

    private void proceed(
            RoutingContext context, Optional<WorkerId> worker, BiConsumer<RoutingContext, WorkerId> action) {
        if (worker.isPresent()) {
            action.accept(context, worker.get());
        } else {
            guesses.take(seen(context).address());
            context.request().resume();
            context.response().putHeader("WWW-Authenticate", CHALLENGE);
            Answers.text(context, 401, "401 Unauthorized\n");
        }
    }
}
