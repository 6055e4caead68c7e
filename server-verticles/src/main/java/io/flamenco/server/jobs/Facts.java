package io.flamenco.server.jobs;

import io.flamenco.server.domain.JobState;
import io.flamenco.server.domain.Ledger;
import io.flamenco.server.domain.TaskCounts;
import io.flamenco.server.domain.TaskState;
import io.flamenco.server.news.NewsOrder;
import io.flamenco.server.news.NewsOrder.Happened;
import io.flamenco.server.store.NewJob;
import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.ServerFacts;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.status.TaskStatus;
import io.flamenco.shared.wire.NewsKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the bus what became of jobs and tasks, and a job's Manager when it has to do something about that. */
final class Facts {

    private static final Logger LOG = LoggerFactory.getLogger(Facts.class);

    /** Of a job of which more tasks changed at once only the counts are told. */
    private static final int MOST_TASKS_TOLD = 50;

    private final FarmBus bus;

    Facts(FarmBus bus) {
        this.bus = bus;
    }

    void tell(Ledger ledger, Instant now) {
        Map<JobId, Integer> perJob = new HashMap<>();
        ledger.changedTasks().forEach(change -> perJob.merge(change.after().job(), 1, Integer::sum));
        for (Ledger.ChangedTask change : ledger.changedTasks()) {
            boolean few = perJob.getOrDefault(change.after().job(), 0) <= MOST_TASKS_TOLD;
            if (few && !change.before().equals(change.after())) {
                tell(change.before(), change.after(), now);
            }
        }
        ledger.changedJobs().forEach(change -> tell(change.before(), change.after(), now));
    }

    /** A job was stored that has no tasks yet. */
    void added(NewJob job) {
        tell(job.id(), job.name(), "", job.status().wire(), job.reason(), TaskCounts.NONE, job.created());
    }

    /** A job is gone, with all of its tasks. */
    void removed(JobState job, Instant now) {
        LOG.info("A job was removed. job={}", job.id());
        tell(job.id(), job.name(), job.status().wire(), "", "", TaskCounts.NONE, now);
    }

    void tell(JobState before, JobState after, Instant now) {
        if (before.status() != after.status()) {
            LOG.info(
                    "A job has another status. job={} old={} new={} reason={}",
                    after.id(),
                    before.status(),
                    after.status(),
                    after.reason());
        }
        tellManager(before, after);
        tell(
                after.id(),
                after.name(),
                before.status().wire(),
                after.status().wire(),
                after.reason(),
                after.tasks(),
                now);
    }

    private void tell(
            JobId id, String name, String oldStatus, String status, String reason, TaskCounts tasks, Instant now) {
        Map<String, Integer> byStatus = new LinkedHashMap<>();
        tasks.byStatus().forEach((one, count) -> byStatus.put(one.wire(), count));
        bus.tell(
                Addresses.SERVER_JOB_STATUS_CHANGED,
                new ServerFacts.JobStatusChanged(
                        id, name, oldStatus, status, reason, new ServerFacts.TaskCounts(tasks.total(), byStatus), now));
    }

    void offer(ManagerId manager) {
        bus.tell(NewsOrder.HAPPENED, new Happened(manager, NewsKind.TASKS));
    }

    private void tellManager(JobState before, JobState after) {
        boolean opened = !before.status().runnable() || grew(before, after, TaskStatus.QUEUED);
        if (opened && after.status().runnable()) {
            offer(after.manager());
        }
        if (grew(before, after, TaskStatus.CANCEL_REQUESTED)) {
            bus.tell(NewsOrder.HAPPENED, new Happened(after.manager(), NewsKind.REQUESTS));
        }
    }

    private static boolean grew(JobState before, JobState after, TaskStatus status) {
        return after.tasks().of(status) > before.tasks().of(status);
    }

    private void tell(TaskState before, TaskState after, Instant now) {
        bus.tell(
                Addresses.SERVER_TASK_STATUS_CHANGED,
                new ServerFacts.TaskStatusChanged(
                        after.id(),
                        after.job(),
                        after.name(),
                        before.status().wire(),
                        after.status().wire(),
                        after.worker(),
                        after.activity(),
                        after.progressPercentage(),
                        now));
    }
}
