package io.flamenco.server.http;

import io.flamenco.server.domain.Action;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.id.TaskId;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** Whether the job in the path of a request is the caller's own. */
final class Ownership {

    private final Jobs jobs;
    private final Tasks tasks;

    Ownership(Jobs jobs, Tasks tasks) {
        this.jobs = jobs;
        this.tasks = tasks;
    }

    /** 403 when the job is somebody else's and the caller may change only their own. */
    Future<Void> check(RoutingContext context, Caller caller) {
        if (Action.CHANGE_ALL_JOBS.allowedTo(caller.role())) {
            return Future.succeededFuture();
        }
        return job(context.normalizedPath())
                .compose(id -> id.map(List::of).map(jobs::find).orElseGet(() -> Future.succeededFuture(List.of())))
                .map(found -> {
                    if (!found.isEmpty() && !found.getFirst().user().equals(caller.user())) {
                        throw new HttpFailure(403, "The job is somebody else's; ask them or a wrangler.");
                    }
                    return null;
                });
    }

    private Future<Optional<JobId>> job(String path) {
        List<String> parts = List.of(path.split("/"));
        int jobAt = parts.indexOf("jobs") + 1;
        int taskAt = parts.indexOf("tasks") + 1;
        if (jobAt > 0 && jobAt < parts.size() && ObjectIds.isValid(parts.get(jobAt))) {
            return Future.succeededFuture(Optional.of(new JobId(parts.get(jobAt))));
        }
        if (taskAt > 0 && taskAt < parts.size() && ObjectIds.isValid(parts.get(taskAt))) {
            return tasks.find(new TaskId(parts.get(taskAt)))
                    .map(found -> found.map(task -> task.state().job()));
        }
        return Future.succeededFuture(Optional.empty());
    }
}
