package io.flamenco.server.jobs;

import io.flamenco.server.compile.JobTypes;
import io.flamenco.server.domain.TaskCounts;
import io.flamenco.server.store.NewTask;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.plugin.JobCompiler;
import io.flamenco.shared.plugin.JobToCompile;
import io.flamenco.shared.plugin.TaskDraft;
import io.flamenco.shared.status.TaskStatus;
import io.flamenco.shared.wire.WireJson;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Makes the tasks of a job and stores them. Compiling them and making documents of them runs off the event loop. Tasks are stored while the job is under
 * construction, when nobody looks at them; the keeper then releases all of them with one write.
 */
final class Construction {

    private static final int TASKS_PER_WRITE = 2_000;

    /** Writes under way at once, so that one can be prepared while another one is stored. */
    private static final int LANES = 2;

    private static final Duration RELEASE_WITHIN = Duration.ofMinutes(2);

    private final Vertx vertx;
    private final Tasks tasks;
    private final FarmBus bus;

    Construction(Vertx vertx, Tasks tasks, FarmBus bus) {
        this.vertx = vertx;
        this.tasks = tasks;
        this.bus = bus;
    }

    /** The tasks of the job; fails with {@link JobCompiler.CompilationFailure}. */
    Future<List<TaskDraft>> compile(JobCompiler compiler, JobToCompile job) {
        return vertx.executeBlocking(() -> JobTypes.compile(compiler, job), false);
    }

    /** Stores the tasks of a job under construction and makes them visible. */
    Future<Done> store(JobId job, ManagerId manager, List<TaskDraft> made, boolean paused, Instant now) {
        TaskStatus status = paused ? TaskStatus.PAUSED : TaskStatus.QUEUED;
        List<TaskId> ids = Stream.generate(TaskId::next).limit(made.size()).toList();
        List<Future<Void>> lanes = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            Future<Void> stored = Future.succeededFuture();
            for (int start = lane * TASKS_PER_WRITE; start < made.size(); start += LANES * TASKS_PER_WRITE) {
                int from = start;
                int to = Math.min(made.size(), from + TASKS_PER_WRITE);
                stored = stored.compose(before -> offTheLoop(
                        () -> tasks.insert(job, manager, status, now, numbered(ids, made.subList(from, to), from))));
            }
            lanes.add(stored);
        }
        JobOrder.Release release = new JobOrder.Release(job, TaskCounts.all(status, made.size()), paused);
        return Future.join(lanes).compose(done -> bus.ask(JobOrder.RELEASE, release, RELEASE_WITHIN));
    }

    private Future<Void> offTheLoop(Callable<Future<Void>> work) {
        return vertx.executeBlocking(work, false).compose(begun -> begun);
    }

    /** @param from the place of the first of these drafts among all, for each of which there is an id */
    private static List<NewTask> numbered(List<TaskId> ids, List<TaskDraft> drafts, int from) {
        List<NewTask> numbered = new ArrayList<>(drafts.size());
        for (TaskDraft draft : drafts) {
            numbered.add(new NewTask(
                    ids.get(from + numbered.size()),
                    draft.name(),
                    draft.taskType(),
                    draft.priority(),
                    WireJson.write(draft.commands()).toString(StandardCharsets.UTF_8),
                    draft.parents().stream().map(ids::get).toList()));
        }
        return numbered;
    }
}
