package io.flamenco.server.domain;

import io.flamenco.shared.status.TaskStatus;
import io.flamenco.shared.wire.FailedByWorker;
import io.flamenco.shared.wire.TaskUpdate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What changes in a task; what is empty stays as it is.
 *
 * @param failedByWorkers an empty list makes the Server forget them
 * @param times replaces both
 */
public record TaskPatch(
        Optional<TaskStatus> status,
        Optional<String> activity,
        Optional<String> logTail,
        Optional<String> worker,
        Optional<Integer> taskProgress,
        Optional<Integer> commandIndex,
        Optional<Integer> commandProgress,
        Optional<Map<String, Double>> timing,
        Optional<List<FailedByWorker>> failedByWorkers,
        Optional<TaskTimes> times) {

    /** Changes nothing. */
    public static final TaskPatch NOTHING = new TaskPatch(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /**
     * What a Manager's report says beside the status. Empty texts say nothing; progress counts only in a report that
     * carries a status or a number above zero, since Managers send zeros with each line of the log.
     */
    public static TaskPatch of(TaskUpdate report, Optional<List<FailedByWorker>> failedByWorkers) {
        boolean withStatus = !report.taskStatus().isEmpty();
        int index = Math.max(report.currentCommandIdx(), report.currentCommandIndex());
        return new TaskPatch(
                Optional.empty(),
                filled(report.activity()),
                filled(report.logTail()),
                filled(report.worker()),
                told(report.taskProgressPercentage(), withStatus),
                told(index, withStatus),
                told(report.commandProgressPercentage(), withStatus),
                Optional.ofNullable(report.metrics())
                        .map(metrics -> metrics.timing())
                        .filter(timing -> !timing.isEmpty()),
                failedByWorkers,
                Optional.empty());
    }

    /** With that status and the times that go with it. */
    public TaskPatch with(TaskStatus newStatus, TaskTimes newTimes) {
        return new TaskPatch(
                Optional.of(newStatus),
                activity,
                logTail,
                worker,
                taskProgress,
                commandIndex,
                commandProgress,
                timing,
                failedByWorkers,
                Optional.of(newTimes));
    }

    /** With nobody having failed the task. */
    public TaskPatch forgettingFailures() {
        return new TaskPatch(
                status,
                activity,
                logTail,
                worker,
                taskProgress,
                commandIndex,
                commandProgress,
                timing,
                Optional.of(List.of()),
                times);
    }

    /** This and then the other. */
    public TaskPatch then(TaskPatch next) {
        return new TaskPatch(
                next.status.or(() -> status),
                next.activity.or(() -> activity),
                next.logTail.or(() -> logTail),
                next.worker.or(() -> worker),
                next.taskProgress.or(() -> taskProgress),
                next.commandIndex.or(() -> commandIndex),
                next.commandProgress.or(() -> commandProgress),
                next.timing.or(() -> timing),
                next.failedByWorkers.or(() -> failedByWorkers),
                next.times.or(() -> times));
    }

    private static Optional<String> filled(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Optional<Integer> told(int number, boolean always) {
        return always || number != 0 ? Optional.of(number) : Optional.empty();
    }
}
