package io.flamenco.manager.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.SampleTasks;
import io.flamenco.manager.domain.FailurePolicy;
import io.flamenco.manager.scheduler.SchedulerOrders.AssignTask;
import io.flamenco.manager.scheduler.SchedulerOrders.Assigned;
import io.flamenco.manager.scheduler.SchedulerOrders.Assignment;
import io.flamenco.manager.scheduler.SchedulerOrders.MergeDownloaded;
import io.flamenco.manager.workers.Seen;
import io.flamenco.manager.workers.WorkerOrders.Register;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.wire.WireTask;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Whether a job that came first is done before others of the same priority begin. */
class FairnessTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final JobId LARGE = new JobId("5c0165dc494ba92dc0552a00");
    private static final JobId SMALL = new JobId("5c0165dc494ba92dc0552b00");

    private final List<WireTask> tasks = new ArrayList<>();

    private List<JobId> jobsInTheOrderOfHandingOut(boolean fair) {
        Owner owner = new Owner(new Farm(new FailurePolicy(3, 3), fair, ZoneOffset.UTC));
        for (int i = 0; i < 4; i++) {
            tasks.add(SampleTasks.task(LARGE, "sleep", 50, 50));
        }
        for (int i = 0; i < 2; i++) {
            tasks.add(SampleTasks.task(SMALL, "sleep", 50, 50));
        }
        owner.serverSide.merge(new MergeDownloaded(tasks, NOW), NOW);
        owner.settle(NOW);
        return tasks.stream().map(task -> next(owner)).toList();
    }

    private JobId next(Owner owner) {
        WorkerId worker = owner.roster
                .register(new Register("hash", "linux", List.of("sleep"), "w", "127.0.0.1:1"))
                .workerId();
        AtomicReference<Assignment> answer = new AtomicReference<>();
        owner.dispatch.assign(
                new AssignTask(worker, new Seen("127.0.0.1", "test"), Duration.ZERO, 1), NOW, answer::set);
        owner.fetchDocuments(tasks, NOW);
        assertThat(answer.get()).isInstanceOf(Assigned.class);
        return Objects.requireNonNull(
                ((Assigned) Objects.requireNonNull(answer.get())).task().job());
    }

    @Test
    void as_a_rule_the_oldest_task_goes_first_whatever_its_job() {
        assertThat(jobsInTheOrderOfHandingOut(false)).containsExactly(LARGE, LARGE, LARGE, LARGE, SMALL, SMALL);
    }

    @Test
    void with_fairness_jobs_of_equal_priority_take_turns() {
        assertThat(jobsInTheOrderOfHandingOut(true).subList(0, 4)).containsExactly(LARGE, SMALL, LARGE, SMALL);
    }
}
