package io.flamenco.server.domain;

import io.flamenco.shared.status.TaskStatus;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** How many tasks of a job have each status. Immutable. */
public final class TaskCounts {

    /** Of a job without tasks. */
    public static final TaskCounts NONE = of(Map.of());

    private final EnumMap<TaskStatus, Integer> counts;

    private TaskCounts(EnumMap<TaskStatus, Integer> counts) {
        this.counts = counts;
    }

    /** That many tasks per status; statuses that are not named have none. */
    public static TaskCounts of(Map<TaskStatus, Integer> byStatus) {
        EnumMap<TaskStatus, Integer> counts = new EnumMap<>(TaskStatus.class);
        byStatus.forEach((status, count) -> add(counts, status, count));
        return new TaskCounts(counts);
    }

    /** That many tasks, all of one status. */
    public static TaskCounts all(TaskStatus status, int count) {
        return of(Map.of(status, count));
    }

    /** How many have that status. */
    public int of(TaskStatus status) {
        return counts.getOrDefault(status, 0);
    }

    /** How many have one of these statuses. */
    public int of(Set<TaskStatus> statuses) {
        return statuses.stream().mapToInt(this::of).sum();
    }

    /** How many there are. */
    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Whether there is no task that is not completed; so it is for a job without tasks. */
    public boolean allCompleted() {
        return of(TaskStatus.COMPLETED) == total();
    }

    /** With one more task of that status. */
    public TaskCounts plus(TaskStatus status) {
        EnumMap<TaskStatus, Integer> after = new EnumMap<>(counts);
        add(after, status, 1);
        return new TaskCounts(after);
    }

    /** After one task went from one status to another. */
    public TaskCounts moved(TaskStatus from, TaskStatus to) {
        return moved(from, to, 1);
    }

    /** After that many tasks went from one status to another. */
    public TaskCounts moved(TaskStatus from, TaskStatus to, int howMany) {
        EnumMap<TaskStatus, Integer> after = new EnumMap<>(counts);
        add(after, from, -howMany);
        add(after, to, howMany);
        return new TaskCounts(after);
    }

    /** After all tasks of some statuses went to another. */
    public TaskCounts allMoved(Set<TaskStatus> from, TaskStatus to) {
        TaskCounts after = this;
        for (TaskStatus status : from) {
            after = after.moved(status, to, of(status));
        }
        return after;
    }

    /** The statuses that some task has, with how many. */
    public Map<TaskStatus, Integer> byStatus() {
        return new EnumMap<>(counts);
    }

    private static void add(EnumMap<TaskStatus, Integer> counts, TaskStatus status, int howMany) {
        counts.merge(status, howMany, Integer::sum);
        counts.remove(status, 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TaskCounts that && counts.equals(that.counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
