package io.flamenco.server.http;

import io.flamenco.server.archive.ArchiveOrder;
import io.flamenco.server.domain.JobAction;
import io.flamenco.server.jobs.JobOrder;
import io.flamenco.server.jobs.Sight;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.status.JobStatus;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What people can have done to a job, by the names under which {@code /api/v1} offers it. */
final class JobActions {

    private static final Set<JobStatus> RECREATABLE = EnumSet.of(
            JobStatus.CANCELED, JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.PAUSED, JobStatus.CONSTRUCTION_FAILED);

    private final FarmBus bus;
    private final Map<String, Function<Wish, Future<?>>> actions = new LinkedHashMap<>();

    JobActions(FarmBus bus) {
        this.bus = bus;
        actions.put("cancel", wish -> act(wish, JobAction.CANCEL));
        actions.put("requeue", wish -> act(wish, JobAction.REQUEUE));
        actions.put("pause", wish -> act(wish, JobAction.PAUSE));
        actions.put("requeue-failed", wish -> change(new JobOrder.RequeueFailed(wish.job()), wish.seen()));
        actions.put("recreate", this::recreate);
        actions.put(
                "archive", wish -> bus.ask(ArchiveOrder.ARCHIVE, new ArchiveOrder.Archive(wish.job(), wish.seen())));
        actions.put(
                "restore", wish -> bus.ask(ArchiveOrder.RESTORE, new ArchiveOrder.Restore(wish.job(), wish.seen())));
    }

    /**
     * What somebody wants done.
     *
     * @param who the user, for people
     * @param seen on what condition
     */
    record Wish(JobId job, String who, Sight seen) {}

    /** The names of all actions that need nothing but a job. */
    Set<String> names() {
        return actions.keySet();
    }

    /** The action of that name; empty when there is none. */
    Optional<Function<Wish, Future<?>>> named(String name) {
        return Optional.ofNullable(actions.get(name));
    }

    /**
     * Gives a job another priority.
     *
     * @param priority 1 to 100
     */
    Future<?> prioritise(JobId id, int priority, Sight seen) {
        return change(new JobOrder.SetPriority(id, priority), seen);
    }

    /** Removes a job and everything of it. */
    Future<?> delete(JobId id, Sight seen) {
        return change(new JobOrder.Delete(id), seen);
    }

    private Future<?> act(Wish wish, JobAction action) {
        return change(new JobOrder.Act(wish.job(), action, wish.who()), wish.seen());
    }

    private Future<?> change(JobOrder.Change change, Sight seen) {
        return bus.ask(JobOrder.CHANGE, new JobOrder.Wanted(change, seen));
    }

    private Future<?> recreate(Wish wish) {
        String reason = "Compiled again on behalf of " + wish.who() + ".";
        return bus.ask(
                JobOrder.CONSTRUCT, new JobOrder.Construct(wish.job(), RECREATABLE, Map.of(), reason, wish.seen()));
    }
}
