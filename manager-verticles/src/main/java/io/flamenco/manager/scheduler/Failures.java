package io.flamenco.manager.scheduler;

import io.flamenco.manager.domain.TaskEvent;
import io.flamenco.manager.domain.TaskEvent.Outcome;
import io.flamenco.manager.scheduler.Outbox.News;
import io.flamenco.manager.scheduler.TaskEntry.LaneKey;
import io.flamenco.shared.status.TaskStatus;
import io.flamenco.shared.wire.FailedByWorker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What follows when a Worker fails a task: try another one, or give up; and perhaps no more such tasks for that Worker. */
final class Failures {

    private final Farm farm;
    private final Moves moves;

    Failures(Farm farm, Moves moves) {
        this.farm = farm;
        this.moves = moves;
    }

    /** Lets the task fail, softly or for good; completes the news with what was decided. */
    News fail(TaskEntry task, WorkerEntry worker, News news, Instant now) {
        LaneKey lane = task.lane();
        boolean blocked = block(task, worker, now);
        List<WorkerEntry> capable = farm.capable(lane, now);
        task.failedBy = withFailure(task, worker);
        long othersLeft = left(task, worker, capable);
        boolean isFinal = farm.policy.isFinal(task.failedBy.size(), (int) othersLeft);
        Outcome outcome = isFinal ? Outcome.FAILED : Outcome.SOFT_FAILED;
        moves.happen(task, new TaskEvent.Reported(worker.id, outcome), now);
        if (blocked) {
            giveUpHopeless(lane, worker, capable, now);
        }
        return new News(task.state.wire(), news.activity(), news.log(), news.worker(), task.failedBy, news.metrics());
    }

    private boolean block(TaskEntry task, WorkerEntry worker, Instant now) {
        LaneKey lane = task.lane();
        int failed = farm.board.failures(worker.id, lane) + 1;
        if (task.job == null || !farm.policy.blocks(failed) || !worker.mayRun(lane)) {
            return false;
        }
        worker.blocked.put(lane, now);
        farm.changes.block(Changes.row(worker, lane, now));
        return true;
    }

    private static List<FailedByWorker> withFailure(TaskEntry task, WorkerEntry worker) {
        if (task.failedBy(worker.id)) {
            return task.failedBy;
        }
        List<FailedByWorker> failedBy = new ArrayList<>(task.failedBy);
        failedBy.add(worker.asFailing());
        return List.copyOf(failedBy);
    }

    private static long left(TaskEntry task, WorkerEntry failing, List<WorkerEntry> capable) {
        return capable.stream()
                .filter(worker -> !worker.id.equals(failing.id) && !task.failedBy(worker.id))
                .count();
    }

    private void giveUpHopeless(LaneKey lane, WorkerEntry blocked, List<WorkerEntry> capable, Instant now) {
        for (TaskEntry task : farm.board.softFailed(lane)) {
            if (left(task, blocked, capable) == 0 && moves.happen(task, new TaskEvent.GivenUp(), now)) {
                String text = "Manager hard-failed task after blacklisting worker " + blocked.nickname;
                moves.news(
                        task,
                        News.status(TaskStatus.FAILED.wire())
                                .activity(text)
                                .log(moves.line(text, now))
                                .worker(task.workerName),
                        now);
            }
        }
    }
}
