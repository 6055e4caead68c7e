package io.flamenco.server.http;

import io.flamenco.server.jobs.Sight;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Holds changes of jobs and tasks to the {@code If-Match} that came with them. Without one any change is fine. What the
 * caller saw goes along with the order, since another change may come in between.
 */
final class IfMatch {

    private static final String SEEN = "seen";

    private final Jobs jobs;
    private final Tasks tasks;

    IfMatch(Jobs jobs, Tasks tasks) {
        this.jobs = jobs;
        this.tasks = tasks;
    }

    void mount(Router router, String base) {
        for (String path : new String[] {"/jobs/:jid", "/jobs/:jid/*"}) {
            router.route(base + path).handler(context -> check(context, this::checkJob));
        }
        for (String path : new String[] {"/tasks/:tid", "/tasks/:tid/*"}) {
            router.route(base + path).handler(context -> check(context, this::checkTask));
        }
    }

    /** What the caller saw, as far as it matters to them. */
    static Sight seen(RoutingContext context) {
        Sight seen = context.get(SEEN);
        return seen == null ? Sight.NOTHING : seen;
    }

    @FunctionalInterface
    private interface Check {
        Future<Void> of(RoutingContext context);
    }

    private static void check(RoutingContext context, Check check) {
        boolean reads = RequiredAction.reads(context.request().method());
        if (reads || !Answers.restsOnSight(context)) {
            context.next();
            return;
        }
        Answering.with(checked -> check.of(checked).onSuccess(fine -> checked.next()))
                .handle(context);
    }

    /** One that is not there is refused later. */
    private Future<Void> checkJob(RoutingContext context) {
        return jobs.find(Requests.id(context, "jid", JobId::new)).map(found -> {
            found.ifPresent(job -> {
                Answers.refuseStale(context, JobJson.whole(job));
                context.put(SEEN, Sight.of(job));
            });
            return null;
        });
    }

    private Future<Void> checkTask(RoutingContext context) {
        return tasks.find(Requests.id(context, "tid", TaskId::new))
                .compose(found -> found.map(task -> jobs.find(task.state().job())
                                .map(Optional::orElseThrow)
                                .<Void>map(job -> {
                                    Answers.refuseStale(context, JobJson.whole(task, job));
                                    context.put(SEEN, Sight.of(task));
                                    return null;
                                }))
                        .orElseGet(Future::succeededFuture));
    }
}
