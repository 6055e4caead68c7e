package io.flamenco.manager.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.wire.FailedByWorker;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadyQueueTest {

    private static final int JOBS = 100;

    private final ReadyQueue queue = new ReadyQueue(false);
    private final List<JobId> jobs =
            java.util.stream.Stream.generate(JobId::next).limit(JOBS).toList();

    @ParameterizedTest
    @ValueSource(ints = {100, 1000, 100_000})
    void choosing_looks_at_one_task_however_many_there_are(int length) {
        fill(length);
        AtomicInteger looks = new AtomicInteger();

        TaskEntry chosen = queue.first(List.of("sleep"), lane -> true, task -> looks.incrementAndGet() > 0);

        assertThat(chosen).isNotNull();
        assertThat(looks).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 100_000})
    void looking_ahead_sees_as_many_as_were_asked_for_in_the_order_of_handing_out(int length) {
        fill(length);
        List<TaskEntry> seen = new java.util.ArrayList<>();

        queue.eachOfFirst("sleep", 512, seen::add);

        assertThat(seen).hasSize(512).isSorted();
        assertThat(seen.getFirst()).isSameAs(queue.first(List.of("sleep"), lane -> true, task -> true));
    }

    @Test
    void a_worker_blocked_for_every_job_costs_a_look_per_job_not_per_task() {
        fill(50_000);
        AtomicInteger looks = new AtomicInteger();

        TaskEntry chosen = queue.first(List.of("sleep"), lane -> looks.incrementAndGet() < 0, task -> true);

        assertThat(chosen).isNull();
        assertThat(looks).hasValue(JOBS);
    }

    @Test
    void sizes_follow_what_comes_and_goes() {
        fill(250);
        TaskEntry first = Objects.requireNonNull(queue.first(List.of("sleep"), lane -> true, task -> true));

        queue.remove(first);

        assertThat(queue.size("sleep")).isEqualTo(249);
        assertThat(queue.sizes()).containsOnlyKeys("sleep");
        assertThat(queue.size("other")).isZero();
    }

    @Test
    void what_a_worker_failed_is_passed_over() {
        fill(3);
        WorkerId worker = WorkerId.next();
        TaskEntry first = Objects.requireNonNull(queue.first(List.of("sleep"), lane -> true, task -> true));
        first.failedBy = List.of(new FailedByWorker(worker, "w"));

        assertThat(queue.first(List.of("sleep"), lane -> true, task -> !task.failedBy(worker)))
                .isNotNull()
                .isNotSameAs(first);
    }

    private void fill(int length) {
        for (int i = 0; i < length; i++) {
            TaskEntry task = new TaskEntry(TaskId.next());
            task.taskType = "sleep";
            task.job = jobs.get(i % JOBS);
            queue.add(task);
        }
    }
}
