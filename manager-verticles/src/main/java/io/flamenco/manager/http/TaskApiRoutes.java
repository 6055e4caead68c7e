package io.flamenco.manager.http;

import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.Reasons;
import io.flamenco.manager.scheduler.SchedulerOrders.Why;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.id.TaskId;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code GET /api/v1/tasks/{id}/why}: why nobody runs a task, in sentences. */
public final class TaskApiRoutes implements RouteGroup {

    private final FarmBus bus;

    public TaskApiRoutes(FarmBus bus) {
        this.bus = bus;
    }

    @Override
    public void addTo(Router router) {
        router.get("/api/v1/tasks/:task/why").handler(this::why);
    }

    /** What is answered. */
    private record Explanation(TaskId taskId, String status, boolean runnable, List<String> reasons) {}

    private void why(RoutingContext context) {
        String id = context.pathParam("task");
        Future<Reasons> reasons = ObjectIds.isValid(id)
                ? bus.ask(SchedulerOrders.WHY, new Why(new TaskId(id)))
                : Future.failedFuture(new HttpFailure(404, "\"" + id + "\" is not the id of a task."));
        reasons.onComplete(found -> answer(context, new TaskId(id), found), context::fail);
    }

    private static void answer(RoutingContext context, TaskId task, Reasons found) {
        if (found.known()) {
            Answers.json(context, 200, new Explanation(task, found.status(), found.runnable(), found.reasons()));
        } else {
            context.fail(new HttpFailure(404, "Task " + task + " is not known to this Manager."));
        }
    }
}
