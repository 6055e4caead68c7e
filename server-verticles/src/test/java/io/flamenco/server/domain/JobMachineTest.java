package io.flamenco.server.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.server.Golden;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.status.JobStatus;
import io.flamenco.shared.status.TaskStatus;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobMachineTest {

    private static JobState job(JobStatus status, TaskCounts tasks) {
        return new JobState(
                new JobId("5c0100000000000000000010"),
                "job",
                new ManagerId("5c0100000000000000000002"),
                status,
                "",
                status,
                false,
                10,
                tasks);
    }

    private static TaskCounts oneOfEach() {
        Map<TaskStatus, Integer> counts = new EnumMap<>(TaskStatus.class);
        for (TaskStatus status : TaskStatus.values()) {
            counts.put(status, 1);
        }
        return TaskCounts.of(counts);
    }

    private static JobState after(JobState job, JobEvent event) {
        return JobMachine.on(job, event) instanceof JobOutcome.Moved moved ? moved.job() : job;
    }

    private static JobEvent wanted(JobStatus status) {
        return new JobEvent.Wanted(status, "somebody wanted it");
    }

    private static JobEvent became(TaskStatus status) {
        return new JobEvent.TaskBecame(status);
    }

    /** One task of each status, every status of the job, every event. */
    @Test
    void every_event_in_every_status() {
        StringBuilder table = new StringBuilder();
        for (JobStatus status : JobStatus.values()) {
            for (JobStatus wanted : JobStatus.values()) {
                line(table, status, "wanted " + wanted, wanted(wanted));
            }
            for (TaskStatus task : TaskStatus.values()) {
                line(table, status, "task became " + task, became(task));
            }
            line(table, status, "found at start", new JobEvent.Found());
        }
        Golden.assertSame("job-machine.txt", table.toString());
    }

    private static void line(StringBuilder table, JobStatus status, String event, JobEvent what) {
        String outcome = switch (JobMachine.on(job(status, oneOfEach()), what)) {
            case JobOutcome.Moved moved ->
                (moved.via() == moved.job().status() ? "" : moved.via() + ", then ")
                        + moved.job().status()
                        + (moved.effects().isEmpty()
                                ? ""
                                : " " + moved.job().tasks().byStatus());
            case JobOutcome.Unchanged unchanged -> "-";
            case JobOutcome.Refused refused -> "refused";
        };
        table.append("%-20s %-28s %s%n".formatted(status, event, outcome));
    }

    @Test
    void a_cancellation_with_nothing_to_stop_is_done_at_once() {
        JobState paused = job(JobStatus.PAUSED, TaskCounts.all(TaskStatus.PAUSED, 3));

        JobState after = after(paused, wanted(JobStatus.CANCEL_REQUESTED));

        assertThat(after.status()).isEqualTo(JobStatus.CANCELED);
        assertThat(after.tasks().of(TaskStatus.PAUSED)).isEqualTo(3);
    }

    @Test
    void a_cancellation_waits_for_tasks_that_were_asked_back_before() {
        JobState job = job(JobStatus.ACTIVE, TaskCounts.all(TaskStatus.CANCEL_REQUESTED, 1));

        assertThat(after(job, wanted(JobStatus.CANCEL_REQUESTED)).status()).isEqualTo(JobStatus.CANCEL_REQUESTED);
    }

    @Test
    void the_last_task_may_end_in_any_way_for_a_cancellation_to_be_done() {
        for (TaskStatus end : new TaskStatus[] {TaskStatus.CANCELED, TaskStatus.FAILED, TaskStatus.COMPLETED}) {
            TaskCounts counts = TaskCounts.all(TaskStatus.CANCELED, 5).moved(TaskStatus.CANCELED, end);

            assertThat(after(job(JobStatus.CANCEL_REQUESTED, counts), became(end))
                            .status())
                    .as("%s", end)
                    .isEqualTo(JobStatus.CANCELED);
            assertThat(after(job(JobStatus.FAIL_REQUESTED, counts), became(end)).status())
                    .as("%s", end)
                    .isEqualTo(JobStatus.FAILED);
        }
    }

    @Test
    void nine_failures_of_a_hundred_are_borne_and_ten_are_not() {
        JobState nine = job(JobStatus.QUEUED, failed(9, 100));
        JobState ten = job(JobStatus.ACTIVE, failed(10, 100));

        assertThat(after(nine, became(TaskStatus.FAILED)).status()).isEqualTo(JobStatus.ACTIVE);
        JobState failed = after(ten, became(TaskStatus.FAILED));
        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(failed.reason()).contains("10 of 100 tasks (10%)");
        assertThat(failed.tasks().of(TaskStatus.CANCEL_REQUESTED)).isEqualTo(90);
    }

    private static TaskCounts failed(int failed, int total) {
        return TaskCounts.all(TaskStatus.ACTIVE, total).moved(TaskStatus.ACTIVE, TaskStatus.FAILED, failed);
    }

    @Test
    void returned_tasks_make_the_job_wait_once_none_runs() {
        TaskCounts one = TaskCounts.all(TaskStatus.ACTIVE, 2).moved(TaskStatus.ACTIVE, TaskStatus.CLAIMED_BY_MANAGER);
        TaskCounts none = one.moved(TaskStatus.ACTIVE, TaskStatus.CLAIMED_BY_MANAGER);

        assertThat(after(job(JobStatus.ACTIVE, one), became(TaskStatus.CLAIMED_BY_MANAGER))
                        .status())
                .isEqualTo(JobStatus.ACTIVE);
        assertThat(after(job(JobStatus.ACTIVE, none), became(TaskStatus.CLAIMED_BY_MANAGER))
                        .status())
                .isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void a_canceled_job_whose_tasks_are_all_completed_is_completed_when_queued_again() {
        JobState job = job(JobStatus.CANCELED, TaskCounts.all(TaskStatus.COMPLETED, 4));

        assertThat(after(job, wanted(JobStatus.REQUEUED)).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void a_completed_job_is_queued_whole() {
        JobState job = job(JobStatus.COMPLETED, TaskCounts.all(TaskStatus.COMPLETED, 4));

        JobState after = after(job, wanted(JobStatus.REQUEUED));

        assertThat(after.status()).isEqualTo(JobStatus.QUEUED);
        assertThat(after.tasks().of(TaskStatus.QUEUED)).isEqualTo(4);
    }

    @Test
    void a_job_without_tasks_is_completed_as_soon_as_it_is_constructed() {
        JobState job = job(JobStatus.UNDER_CONSTRUCTION, TaskCounts.NONE);

        assertThat(JobMachine.constructed(job, TaskCounts.NONE, false).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(JobMachine.constructed(job, TaskCounts.all(TaskStatus.PAUSED, 1), true)
                        .status())
                .isEqualTo(JobStatus.PAUSED);
    }

    @Test
    void every_report_on_every_task_of_every_job() {
        StringBuilder table = new StringBuilder();
        for (TaskStatus task : TaskStatus.values()) {
            for (TaskStatus reported : TaskStatus.values()) {
                table.append("%-20s reported %-20s".formatted(task, reported));
                for (JobStatus status :
                        new JobStatus[] {JobStatus.ACTIVE, JobStatus.PAUSED, JobStatus.CANCELED, JobStatus.COMPLETED}) {
                    table.append(" %s: %s;"
                            .formatted(
                                    status,
                                    TaskMachine.reported(task, reported, job(status, TaskCounts.NONE))
                                            .map(TaskStatus::wire)
                                            .orElse("-")));
                }
                table.append('\n');
            }
        }
        Golden.assertSame("task-machine.txt", table.toString());
    }
}
