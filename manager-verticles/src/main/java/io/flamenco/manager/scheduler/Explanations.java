package io.flamenco.manager.scheduler;

import io.flamenco.manager.domain.TaskState;
import io.flamenco.manager.scheduler.SchedulerOrders.Counts;
import io.flamenco.manager.scheduler.SchedulerOrders.Outbox;
import io.flamenco.manager.scheduler.SchedulerOrders.Reasons;
import io.flamenco.manager.scheduler.SchedulerOrders.TaskView;
import io.flamenco.shared.id.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What people can ask about tasks. */
final class Explanations {

    private static final Comparator<TaskEntry> OLDEST_FIRST =
            Comparator.comparing(task -> Objects.requireNonNullElse(task.lastUpdated, Instant.MIN));

    private final Farm farm;

    Explanations(Farm farm) {
        this.farm = farm;
    }

    /** Why nobody runs the task. */
    Reasons why(TaskId id, Instant now) {
        TaskEntry task = farm.board.find(id);
        if (task == null) {
            return new Reasons(false, "", false, List.of("Task " + id + " is not known to this Manager."));
        }
        List<String> reasons = new ArrayList<>();
        if (task.state.schedulable()) {
            parents(task, reasons);
            workers(task, reasons, now);
        } else if (!(task.state instanceof TaskState.Active)) {
            reasons.add("It is in status " + task.state.wire() + ", in which no worker is given a task.");
        }
        return new Reasons(true, task.state.wire(), task.ready() && reasons.isEmpty(), List.copyOf(reasons));
    }

    @Nullable
    TaskView find(TaskId id) {
        TaskEntry task = farm.board.find(id);
        return task == null ? null : view(task);
    }

    /** The tasks that changed last, the last one first. */
    List<TaskView> recent(int max) {
        PriorityQueue<TaskEntry> newest = new PriorityQueue<>(OLDEST_FIRST);
        for (TaskEntry task : farm.board.all()) {
            newest.add(task);
            if (newest.size() > max) {
                newest.remove();
            }
        }
        return newest.stream().sorted(OLDEST_FIRST.reversed()).map(this::view).toList();
    }

    Counts counts() {
        return new Counts(
                farm.board.size(),
                farm.board.countsByStatus(),
                farm.board.ready().size(),
                farm.board.ready().sizes(),
                farm.countWorkers(),
                farm.waitingRoom.size(),
                outbox());
    }

    Outbox outbox() {
        return new Outbox(farm.outbox.waiting(), farm.outbox.quarantined());
    }

    private void parents(TaskEntry task, List<String> reasons) {
        for (TaskId id : task.parents) {
            TaskEntry parent = farm.board.find(id);
            if (parent != null && !parent.completed()) {
                reasons.add("It waits for parent task " + parent.name + " (" + id + "), which is in status "
                        + parent.state.wire() + ".");
            }
        }
    }

    private void workers(TaskEntry task, List<String> reasons, Instant now) {
        List<WorkerEntry> supporting = farm.workers().stream()
                .filter(worker -> worker.taskTypes.contains(task.taskType))
                .toList();
        List<WorkerEntry> capable = farm.capable(task.lane(), now);
        if (supporting.isEmpty()) {
            reasons.add("No worker supports task type \"" + task.taskType + "\".");
        } else if (capable.isEmpty()) {
            supporting.stream()
                    .filter(worker -> !worker.mayRun(task.lane()))
                    .forEach(worker -> reasons.add("Worker " + worker.identifier()
                            + " is on the blocklist for task type \"" + task.taskType + "\" of its job."));
            reasons.add("No worker that supports task type \"" + task.taskType + "\" is present.");
        } else if (capable.stream().allMatch(worker -> task.failedBy(worker.id))) {
            reasons.add("All " + capable.size() + " capable workers have failed it.");
        }
        if (task.managerLocal && task.worker != null) {
            reasons.add("It is a test task for worker " + task.workerName + " only.");
        }
    }

    private TaskView view(TaskEntry task) {
        return new TaskView(
                task.id,
                task.job,
                task.name,
                task.state.wire(),
                task.taskType,
                task.priority,
                task.jobPriority,
                task.worker,
                task.workerName,
                task.activity,
                task.progress,
                task.lastUpdated);
    }
}
