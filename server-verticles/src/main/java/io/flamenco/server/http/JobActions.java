package io.flamenco.server.http;

import io.flamenco.server.archive.ArchiveOrder;
import io.flamenco.server.domain.JobAction;
import io.flamenco.server.jobs.JobOrder;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.status.JobStatus;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** What people can have done to a job, by the names under which {@code /api/v1} offers it. */
final class JobActions {

    private static final Set<JobStatus> RECREATABLE = EnumSet.of(
            JobStatus.CANCELED, JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.PAUSED, JobStatus.CONSTRUCTION_FAILED);

    private final FarmBus bus;
    private final Map<String, BiFunction<JobId, String, Future<?>>> actions = new LinkedHashMap<>();

    JobActions(FarmBus bus) {
        this.bus = bus;
        actions.put("cancel", (id, who) -> act(id, JobAction.CANCEL, who));
        actions.put("requeue", (id, who) -> act(id, JobAction.REQUEUE, who));
        actions.put("pause", (id, who) -> act(id, JobAction.PAUSE, who));
        actions.put("requeue-failed", (id, who) -> bus.ask(JobOrder.REQUEUE_FAILED, new JobOrder.RequeueFailed(id)));
        actions.put("recreate", this::recreate);
        actions.put("archive", (id, who) -> bus.ask(ArchiveOrder.ARCHIVE, new ArchiveOrder.Archive(id)));
        actions.put("restore", (id, who) -> bus.ask(ArchiveOrder.RESTORE, new ArchiveOrder.Restore(id)));
    }

    /** The names of all actions that need nothing but a job. */
    Set<String> names() {
        return actions.keySet();
    }

    /**
     * The action of that name.
     *
     * @return takes the job and the name of who acts; empty when there is no such action
     */
    Optional<BiFunction<JobId, String, Future<?>>> named(String name) {
        return Optional.ofNullable(actions.get(name));
    }

    /**
     * Gives a job another priority.
     *
     * @param priority 1 to 100
     */
    Future<?> prioritise(JobId id, int priority) {
        return bus.ask(JobOrder.SET_PRIORITY, new JobOrder.SetPriority(id, priority));
    }

    /** Removes a job and everything of it. */
    Future<?> delete(JobId id) {
        return bus.ask(JobOrder.DELETE, new JobOrder.Delete(id));
    }

    private Future<?> act(JobId id, JobAction action, String who) {
        return bus.ask(JobOrder.ACT, new JobOrder.Act(id, action, who));
    }

    private Future<?> recreate(JobId id, String who) {
        String reason = "Compiled again on behalf of " + who + ".";
        return bus.ask(JobOrder.CONSTRUCT, new JobOrder.Construct(id, RECREATABLE, Map.of(), reason));
    }
}
