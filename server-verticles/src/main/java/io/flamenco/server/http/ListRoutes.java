package io.flamenco.server.http;

import io.flamenco.server.store.JobQuery;
import io.flamenco.server.store.JobSort;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.PageMark;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.StoredTask;
import io.flamenco.server.store.TaskQuery;
import io.flamenco.server.store.TaskSort;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ProjectId;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.status.JobStatus;
import io.flamenco.shared.status.TaskStatus;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Lists of jobs and tasks: filtered, sorted, page by page. */
final class ListRoutes {

    /** Of a job with more tasks only the order in which they were made comes from an index. */
    private static final int MOST_TASKS_SORTED = 20_000;

    private final Jobs jobs;
    private final Tasks tasks;

    ListRoutes(Jobs jobs, Tasks tasks) {
        this.jobs = jobs;
        this.tasks = tasks;
    }

    void mount(Router router, String base) {
        router.get(base + "/jobs").handler(Answering.with(this::jobs));
        router.get(base + "/jobs/:jid/tasks").handler(Answering.with(this::tasks));
    }

    private Future<Void> jobs(RoutingContext context) {
        int limit = Requests.limit(context);
        SortParameter<JobSort> sort = SortParameter.read(context, JobSort.values(), "-created");
        JobQuery wanted = query(context);
        return jobs.page(wanted, sort.by(), sort.descending(), mark(context, sort.text()), limit + 1)
                .compose(found -> withTotal(context, wanted).compose(total -> {
                    JsonObject page = page(
                            "jobs",
                            found,
                            limit,
                            JobJson::job,
                            last -> sort.by().mark(last, sort.descending()));
                    total.ifPresent(count -> page.put("total", count));
                    return json(context, page);
                }));
    }

    /** What a list of jobs is narrowed to. */
    static JobQuery query(RoutingContext context) {
        return new JobQuery(
                Requests.set(context, "status", JobStatus::parse, "status of a job"),
                Requests.query(context, "q").map(String::strip).orElse(""),
                Requests.queryId(context, "manager", ManagerId::new),
                Requests.queryId(context, "user", UserId::new),
                Requests.queryId(context, "project", ProjectId::new),
                Requests.set(context, "job_type", Optional::of, "job type"),
                Requests.moment(context, "updated_since"),
                Requests.moment(context, "updated_before"));
    }

    private Future<Optional<Long>> withTotal(RoutingContext context, JobQuery wanted) {
        return Requests.yes(context, "total")
                ? jobs.count(wanted).map(Optional::of)
                : Future.succeededFuture(Optional.empty());
    }

    private Future<Void> tasks(RoutingContext context) {
        int limit = Requests.limit(context);
        SortParameter<TaskSort> sort = SortParameter.read(context, TaskSort.values(), "created");
        TaskQuery wanted = taskQuery(context);
        return job(jobs, wanted.job()).compose(job -> {
            int size = job.state().tasks().total();
            if (!sort.by().indexed() && size > MOST_TASKS_SORTED) {
                throw new HttpFailure(
                        422,
                        "The job has " + size + " tasks; those of a job with more than " + MOST_TASKS_SORTED
                                + " can be sorted by created only.");
            }
            return tasks.page(wanted, sort.by(), sort.descending(), mark(context, sort.text()), limit + 1)
                    .compose(found -> json(
                            context,
                            page(
                                    "tasks",
                                    found,
                                    limit,
                                    (StoredTask task) -> JobJson.task(task, job),
                                    last -> sort.by().mark(last, sort.descending()))));
        });
    }

    /** Which tasks of a job are asked for. */
    static TaskQuery taskQuery(RoutingContext context) {
        return new TaskQuery(
                Requests.id(context, "jid", JobId::new),
                Requests.set(context, "status", TaskStatus::parse, "status of a task"),
                Requests.query(context, "q").map(String::strip).orElse(""),
                Requests.set(context, "task_type", Optional::of, "task type"),
                Requests.query(context, "worker").map(String::strip).orElse(""));
    }

    /** The job; a failure of status 404 when there is none. */
    static Future<StoredJob> job(Jobs jobs, JobId id) {
        return jobs.find(id).map(found -> found.orElseThrow(() -> new HttpFailure(404, "There is no job " + id + ".")));
    }

    /** Where the page that was asked for begins; empty for the first one. */
    static Optional<PageMark> mark(RoutingContext context, String order) {
        return Requests.query(context, "cursor")
                .map(text -> PageMark.parse(text, order)
                        .orElseThrow(() -> new HttpFailure(
                                400,
                                "The cursor is not one of this list in this order; take the \"next\" of the page before, or"
                                        + " begin without a cursor.")));
    }

    /**
     * One page of a list.
     *
     * @param found one more than fit when there is another page
     */
    static <T> JsonObject page(String name, List<T> found, int limit, Function<T, ?> json, Function<T, PageMark> mark) {
        JsonArray list = new JsonArray();
        found.stream().limit(limit).map(json).forEach(list::add);
        String next = found.size() > limit ? mark.apply(found.get(limit - 1)).text() : null;
        return new JsonObject().put(name, list).put("next", next);
    }

    private static Future<Void> json(RoutingContext context, JsonObject body) {
        return context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body.toBuffer());
    }
}
