package io.flamenco.server.http;

import io.flamenco.server.http.BulkAnswer.Chosen;
import io.flamenco.server.jobs.Sight;
import io.flamenco.server.store.JobQuery;
import io.flamenco.server.store.JobSort;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.PageMark;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.StoredTask;
import io.flamenco.server.store.TaskQuery;
import io.flamenco.server.store.TaskSort;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ProjectId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.status.JobStatus;
import io.flamenco.shared.status.TaskStatus;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One action on many jobs or tasks. Each is done for itself: one that refuses keeps none of the others, and the answer says of
 * each what became of it.
 */
final class BulkRoutes {

    private static final int HIGHEST_PRIORITY = 100;
    private static final String PRIORITY = "priority";
    private static final String DELETE = "delete";
    private static final Set<String> JOB_FILTERS =
            Set.of("status", "q", "job_type", "manager", "user", "project", "updated_since", "updated_before");
    private static final Set<String> TASK_ACTIONS = Set.of("requeue", "cancel");
    private static final Set<String> TASK_FILTERS = Set.of("job", "status", "q", "task_type", "worker");

    private final Jobs jobs;
    private final Tasks tasks;
    private final JobActions jobActions;
    private final TaskActions taskActions;
    private final Ownership ownership;

    BulkRoutes(Jobs jobs, Tasks tasks, FarmBus bus, Ownership ownership) {
        this.ownership = ownership;
        this.jobs = jobs;
        this.tasks = tasks;
        this.jobActions = new JobActions(bus);
        this.taskActions = new TaskActions(bus);
    }

    void mount(Router router, String base) {
        router.post(base + "/jobs/bulk").handler(Answering.with(this::onJobs));
        router.post(base + "/tasks/bulk").handler(Answering.with(this::onTasks));
    }

    private Future<Void> onJobs(RoutingContext context) {
        Caller caller = Caller.known(context);
        Set<String> actions = new HashSet<>(jobActions.names());
        actions.add(PRIORITY);
        actions.add(DELETE);
        BulkBody body = BulkBody.read(context, actions, JOB_FILTERS);
        Function<JobId, Future<?>> action = jobAction(body, caller.name());
        return chosenJobs(body)
                .compose(chosen -> BulkAnswer.carryOut(
                        body,
                        chosen,
                        id -> ownership.check(new JobId(id), caller).compose(fine -> action.apply(new JobId(id)))))
                .compose(answer -> Answers.json(context, answer));
    }

    private Function<JobId, Future<?>> jobAction(BulkBody body, String who) {
        return switch (body.action()) {
            case PRIORITY -> {
                int priority = priority(body);
                yield id -> jobActions.prioritise(id, priority, Sight.NOTHING);
            }
            case DELETE -> id -> jobActions.delete(id, Sight.NOTHING);
            default -> {
                var named = jobActions.named(body.action()).orElseThrow();
                yield id -> named.apply(new JobActions.Wish(id, who, Sight.NOTHING));
            }
        };
    }

    private static int priority(BulkBody body) {
        if (body.rest().getValue(PRIORITY) instanceof Integer priority
                && priority >= 1
                && priority <= HIGHEST_PRIORITY) {
            return priority;
        }
        throw BulkBody.wrong("\"priority\" must be a whole number from 1 to " + HIGHEST_PRIORITY + ".");
    }

    private Future<Chosen> chosenJobs(BulkBody body) {
        if (body.filter().isEmpty()) {
            return Future.succeededFuture(new Chosen(body.ids(), Optional.empty()));
        }
        JobQuery wanted = new JobQuery(
                body.set("status", JobStatus::parse, "status of a job"),
                body.text("q"),
                body.id("manager", ManagerId::new),
                body.id("user", UserId::new),
                body.id("project", ProjectId::new),
                body.set("job_type", Optional::of, "job type"),
                body.moment("updated_since"),
                body.moment("updated_before"));
        int limit = body.limit();
        return jobs.page(wanted, JobSort.CREATED, false, mark(body, JobSort.CREATED.order(false)), limit + 1)
                .map(found -> chosen(found, limit, StoredJob::id, last -> JobSort.CREATED.mark(last, false)));
    }

    private Future<Void> onTasks(RoutingContext context) {
        BulkBody body = BulkBody.read(context, TASK_ACTIONS, TASK_FILTERS);
        boolean successors = body.yes("successors");
        Caller caller = Caller.known(context);
        Function<TaskId, Future<?>> action = body.action().equals("requeue")
                ? id -> taskActions.requeue(id, successors, Sight.NOTHING)
                : id -> taskActions.cancel(id, Sight.NOTHING);
        return chosenTasks(body)
                .compose(chosen -> BulkAnswer.carryOut(
                        body,
                        chosen,
                        id -> ownership.check(new TaskId(id), caller).compose(fine -> action.apply(new TaskId(id)))))
                .compose(answer -> Answers.json(context, answer));
    }

    private Future<Chosen> chosenTasks(BulkBody body) {
        if (body.filter().isEmpty()) {
            return Future.succeededFuture(new Chosen(body.ids(), Optional.empty()));
        }
        TaskQuery wanted = new TaskQuery(
                body.id("job", JobId::new)
                        .orElseThrow(() -> BulkBody.wrong("The filter must name the \"job\" of the tasks.")),
                body.set("status", TaskStatus::parse, "status of a task"),
                body.text("q"),
                body.set("task_type", Optional::of, "task type"),
                body.text("worker"));
        int limit = body.limit();
        return tasks.page(wanted, TaskSort.CREATED, false, mark(body, TaskSort.CREATED.order(false)), limit + 1)
                .map(found -> chosen(found, limit, StoredTask::id, last -> TaskSort.CREATED.mark(last, false)));
    }

    private static Optional<PageMark> mark(BulkBody body, String order) {
        return body.cursor()
                .map(text -> PageMark.parse(text, order)
                        .orElseThrow(() ->
                                BulkBody.wrong("\"cursor\" must be the \"next\" of an answer to the same filter.")));
    }

    private static <T> Chosen chosen(List<T> found, int limit, Function<T, ?> id, Function<T, PageMark> mark) {
        return new Chosen(
                found.stream().limit(limit).map(id).map(String::valueOf).toList(),
                found.size() > limit
                        ? Optional.of(mark.apply(found.get(limit - 1)).text())
                        : Optional.empty());
    }
}
