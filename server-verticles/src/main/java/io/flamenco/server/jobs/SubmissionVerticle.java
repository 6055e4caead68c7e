package io.flamenco.server.jobs;

import io.flamenco.server.compile.JobTypes;
import io.flamenco.server.domain.ProjectRights;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.Managers;
import io.flamenco.server.store.Managers.StoredManager;
import io.flamenco.server.store.NewJob;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.plugin.JobCompiler;
import io.flamenco.shared.plugin.JobCompiler.CompilationFailure;
import io.flamenco.shared.plugin.JobToCompile;
import io.flamenco.shared.status.JobStatus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes new jobs: checks and compiles them, and stores them so that there is either a whole job or none. A job that a crash
 * caught under construction is compiled again at start. Runs once.
 */
public final class SubmissionVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionVerticle.class);

    private final JobTypes types;
    private final Jobs jobs;
    private final Tasks tasks;
    private final Managers managers;
    private final Clock clock;
    private final Map<String, Future<JobAnswer.Submitted>> underWay = new HashMap<>();

    public SubmissionVerticle(JobTypes types, Jobs jobs, Tasks tasks, Managers managers, Clock clock) {
        this.types = types;
        this.jobs = jobs;
        this.tasks = tasks;
        this.managers = managers;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        FarmBus bus = new FarmBus(vertx);
        Construction construction = new Construction(vertx, tasks, bus);
        return finishInterrupted(construction, bus).onSuccess(finished -> {
            bus.answer(JobOrder.SUBMIT, order -> submitOnce(order, construction, bus));
            bus.answer(JobOrder.CONSTRUCT, order -> construct(order, construction, bus));
        });
    }

    private Future<Void> finishInterrupted(Construction construction, FarmBus bus) {
        return jobs.beingCompiled().compose(interrupted -> {
            Future<Done> finished = Future.succeededFuture(Done.DONE);
            for (JobId job : interrupted) {
                LOG.info("A job is compiled again, because the server ended meanwhile. job={}", job);
                finished = finished.compose(before -> rebuild(job, construction, bus));
            }
            return finished.mapEmpty();
        });
    }

    private Future<JobAnswer.Submitted> submitOnce(JobOrder.Submit order, Construction construction, FarmBus bus) {
        String key = order.idempotencyKey();
        if (key.isEmpty()) {
            return submit(order, construction, bus);
        }
        Future<JobAnswer.Submitted> before = underWay.getOrDefault(key, Future.succeededFuture());
        Future<JobAnswer.Submitted> mine = before.transform(ended -> jobs.findByKey(key))
                .compose(found ->
                        found.map(known -> repeated(known, order)).orElseGet(() -> submit(order, construction, bus)));
        underWay.put(key, mine);
        return mine.onComplete(ended -> underWay.remove(key, mine));
    }

    private static Future<JobAnswer.Submitted> repeated(Jobs.Submitted known, JobOrder.Submit order) {
        return known.requestDigest().equals(order.requestDigest())
                ? Future.succeededFuture(new JobAnswer.Submitted(known.job().id(), false))
                : Future.failedFuture(new HttpFailure(
                        422,
                        "The Idempotency-Key was used for another submission already, job "
                                + known.job().id() + "; use a new key for a new job."));
    }

    private Future<JobAnswer.Submitted> submit(JobOrder.Submit order, Construction construction, FarmBus bus) {
        JobCompiler compiler =
                types.of(order.jobType()).orElseThrow(() -> new HttpFailure(422, types.unknown(order.jobType())));
        return order.byProtocol()
                ? submit(order, compiler, construction, bus)
                : submit(order.with(settings(compiler, order)), compiler, construction, bus);
    }

    private static Map<String, @Nullable Object> settings(JobCompiler compiler, JobOrder.Submit order) {
        List<String> strange = JobTypes.strangeSettings(compiler, order.settings());
        if (!strange.isEmpty()) {
            throw new HttpFailure(422, String.join(" ", strange));
        }
        return JobTypes.withDefaults(compiler, order.settings());
    }

    private Future<JobAnswer.Submitted> submit(
            JobOrder.Submit order, JobCompiler compiler, Construction construction, FarmBus bus) {
        return manager(order.manager(), order.submitter().rights()).compose(manager -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            JobToCompile job = new JobToCompile(
                    JobId.next(), order.name(), now, order.filesMayFollow(), order.settings(), manager.taskTypes());
            return vertx.executeBlocking(() -> JobTypes.problems(compiler, job), false)
                    .compose(problems -> {
                        if (!problems.isEmpty()) {
                            return Future.failedFuture(new HttpFailure(422, String.join(" ", problems)));
                        }
                        return order.filesMayFollow()
                                ? insertToWait(newJob(order, job, manager.id(), JobStatus.WAITING_FOR_FILES), bus)
                                : insertAndBuild(order, compiler, job, manager.id(), construction, bus);
                    });
        });
    }

    private Future<JobAnswer.Submitted> insertToWait(NewJob job, FarmBus bus) {
        return jobs.insert(job)
                .onSuccess(inserted -> new Facts(bus).added(job))
                .map(new JobAnswer.Submitted(job.id(), true));
    }

    private Future<JobAnswer.Submitted> insertAndBuild(
            JobOrder.Submit order,
            JobCompiler compiler,
            JobToCompile job,
            ManagerId manager,
            Construction construction,
            FarmBus bus) {
        NewJob stored = newJob(order, job, manager, JobStatus.UNDER_CONSTRUCTION);
        return construction
                .compile(compiler, job)
                .compose(made -> jobs.insert(stored)
                        .compose(inserted ->
                                construction.store(job.id(), manager, made, order.startPaused(), job.created())))
                .recover(failure -> failure instanceof CompilationFailure
                        ? refuseOrKeep(order, stored, failure, bus)
                        : Future.failedFuture(failure))
                .map(done -> new JobAnswer.Submitted(job.id(), true));
    }

    private Future<Done> refuseOrKeep(JobOrder.Submit order, NewJob job, Throwable failure, FarmBus bus) {
        String reason = String.valueOf(failure.getMessage());
        return order.byProtocol()
                ? jobs.insert(job).compose(inserted -> bus.ask(JobOrder.GIVE_UP, new JobOrder.GiveUp(job.id(), reason)))
                : Future.failedFuture(new HttpFailure(422, reason));
    }

    private Future<Done> construct(JobOrder.Construct order, Construction construction, FarmBus bus) {
        return jobs.find(order.job())
                .map(found -> found.orElseThrow(() -> new HttpFailure(404, "There is no job " + order.job() + ".")))
                .compose(job -> bus.ask(
                                JobOrder.CHANGE,
                                new JobOrder.Wanted(
                                        new JobOrder.Reconstruct(job.id(), order.from(), order.reason()), order.seen()))
                        .compose(begun -> writeSettings(job, order.settings())))
                .compose(written -> rebuild(order.job(), construction, bus));
    }

    private Future<Void> writeSettings(StoredJob job, Map<String, ? extends Object> laidOver) {
        if (laidOver.isEmpty()) {
            return Future.succeededFuture();
        }
        JsonObject settings = new JsonObject(job.settings());
        laidOver.forEach(settings::put);
        return jobs.writeSettings(job.id(), settings.encode(), clock.instant());
    }

    private Future<Done> rebuild(JobId id, Construction construction, FarmBus bus) {
        return jobs.find(id)
                .map(Optional::orElseThrow)
                .compose(job -> managers.find(job.manager())
                        .compose(manager -> tasks.removeOf(id)
                                .compose(removed -> construction.compile(
                                        compiler(job), toCompile(job, manager.map(StoredManager::taskTypes))))
                                .compose(made -> construction.store(
                                        id, job.manager(), made, job.startPaused(), clock.instant())))
                        .recover(failure -> failure instanceof CompilationFailure || failure instanceof HttpFailure
                                ? bus.ask(
                                        JobOrder.GIVE_UP, new JobOrder.GiveUp(id, String.valueOf(failure.getMessage())))
                                : Future.failedFuture(failure)));
    }

    private JobCompiler compiler(StoredJob job) {
        return types.of(job.jobType()).orElseThrow(() -> new HttpFailure(422, types.unknown(job.jobType())));
    }

    private static JobToCompile toCompile(StoredJob job, Optional<Set<String>> taskTypes) {
        return new JobToCompile(
                job.id(),
                job.state().name(),
                job.created(),
                false,
                new JsonObject(job.settings()).getMap(),
                taskTypes.orElse(Set.of()));
    }

    private Future<StoredManager> manager(Optional<ManagerId> wanted, ProjectRights project) {
        return wanted.map(id -> managers.find(id).map(found -> {
                    StoredManager manager = found.orElseThrow(() ->
                            new HttpFailure(422, "There is no Manager " + id + "; GET /api/v1/managers lists all."));
                    if (!project.servedBy(id)) {
                        throw new HttpFailure(
                                422,
                                manager.name() + " runs no jobs of that project; choose another Manager or project.");
                    }
                    return manager;
                }))
                .orElseGet(() -> managers.all()
                        .map(all -> theOnly(all.stream()
                                .filter(manager -> project.servedBy(manager.id()))
                                .toList())));
    }

    private static StoredManager theOnly(List<StoredManager> managers) {
        if (managers.size() == 1) {
            return managers.getFirst();
        }
        throw new HttpFailure(
                422,
                managers.isEmpty()
                        ? "No Manager runs jobs of that project yet; link one, or assign one to the project."
                        : "There are several Managers; name one as \"manager\" (GET /api/v1/managers).");
    }

    private NewJob newJob(JobOrder.Submit order, JobToCompile job, ManagerId manager, JobStatus status) {
        return new NewJob(
                job.id(),
                order.name(),
                order.jobType(),
                order.description(),
                order.submitter().project(),
                order.submitter().user(),
                manager,
                order.priority(),
                new JsonObject(order.settings()).encode(),
                order.startPaused(),
                status,
                "Submitted by " + order.submitter().who() + ".",
                order.idempotencyKey(),
                order.requestDigest(),
                job.created());
    }
}
