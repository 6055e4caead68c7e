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

    /** 403 when the job in the path is somebody else's and the caller may change only their own. */
    Future<Void> check(RoutingContext context, Caller caller) {
        return Action.CHANGE_ALL_JOBS.allowedTo(caller.role())
                ? Future.succeededFuture()
                : job(context.normalizedPath())
                        .compose(id -> id.map(job -> check(job, caller)).orElseGet(Future::succeededFuture));
    }

    /** The same for a task's job. */
    Future<Void> check(TaskId task, Caller caller) {
        return Action.CHANGE_ALL_JOBS.allowedTo(caller.role())
                ? Future.succeededFuture()
                : tasks.find(task)
                        .compose(found -> found.map(known -> check(known.state().job(), caller))
                                .orElseGet(Future::succeededFuture));
    }

    /** The same for a job. One that is not there is refused later. */
    Future<Void> check(JobId job, Caller caller) {
        if (Action.CHANGE_ALL_JOBS.allowedTo(caller.role())) {
            return Future.succeededFuture();
        }
        return jobs.find(List.of(job)).map(found -> {
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
