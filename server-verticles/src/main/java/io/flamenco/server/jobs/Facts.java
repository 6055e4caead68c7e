package io.flamenco.server.jobs;

import io.flamenco.server.domain.JobState;
import io.flamenco.server.domain.Ledger;
import io.flamenco.server.domain.TaskState;
import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.ServerFacts;
import io.flamenco.shared.id.JobId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the bus what became of jobs and tasks. */
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

    void tell(JobState before, JobState after, Instant now) {
        if (before.status() != after.status()) {
            LOG.info(
                    "A job has another status. job={} old={} new={} reason={}",
                    after.id(),
                    before.status(),
                    after.status(),
                    after.reason());
        }
        Map<String, Integer> byStatus = new LinkedHashMap<>();
        after.tasks().byStatus().forEach((status, count) -> byStatus.put(status.wire(), count));
        bus.tell(
                Addresses.SERVER_JOB_STATUS_CHANGED,
                new ServerFacts.JobStatusChanged(
                        after.id(),
                        after.name(),
                        before.status().wire(),
                        after.status().wire(),
                        after.reason(),
                        new ServerFacts.TaskCounts(after.tasks().total(), byStatus),
                        now));
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
