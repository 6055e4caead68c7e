package io.flamenco.manager.scheduler;

import io.flamenco.manager.scheduler.TaskEntry.LaneKey;
import io.flamenco.manager.store.WorkerRow;
import io.flamenco.manager.workers.WorkerOrders.SleepTimes;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.status.WorkerStatus;
import io.flamenco.shared.wire.FailedByWorker;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Worker in memory. */
final class WorkerEntry {

    final WorkerId id;
    String hashedSecret = "";
    String nickname = "";
    String address = "";
    WorkerStatus status = WorkerStatus.REGISTERED;
    String platform = "";

    @Nullable
    TaskId currentTask;

    /** Of the request in answer to which it got its current task. */
    long ticket;

    @Nullable
    Instant lastActivity;

    List<String> taskTypes = List.of();
    String software = "";
    String currentTaskStatus = "";

    @Nullable
    Instant currentTaskUpdated;

    String statusRequested = "";
    boolean lazyRequest;
    SleepTimes sleepTimes = SleepTimes.NONE;

    /** What it may not run, and since when. */
    final Map<LaneKey, Instant> blocked = new LinkedHashMap<>();

    WorkerEntry(WorkerId id) {
        this.id = id;
    }

    /** Address and nickname, for people. */
    String identifier() {
        return nickname.isEmpty() ? address : address + " (" + nickname + ")";
    }

    FailedByWorker asFailing() {
        return new FailedByWorker(id, identifier());
    }

    boolean mayRun(LaneKey lane) {
        return !blocked.containsKey(lane);
    }

    WorkerRow row() {
        return new WorkerRow(
                id,
                hashedSecret,
                nickname,
                address,
                status.wire(),
                platform,
                currentTask,
                lastActivity,
                taskTypes,
                software,
                currentTaskStatus,
                currentTaskUpdated,
                statusRequested,
                lazyRequest,
                sleepTimes);
    }

    static WorkerEntry of(WorkerRow row) {
        WorkerEntry worker = new WorkerEntry(row.id());
        worker.hashedSecret = row.hashedSecret();
        worker.nickname = row.nickname();
        worker.address = row.address();
        worker.status = WorkerStatus.parse(row.status()).orElse(WorkerStatus.OFFLINE);
        worker.platform = row.platform();
        worker.currentTask = row.currentTask();
        worker.lastActivity = row.lastActivity();
        worker.taskTypes = row.supportedTaskTypes();
        worker.software = row.software();
        worker.currentTaskStatus = row.currentTaskStatus();
        worker.currentTaskUpdated = row.currentTaskUpdated();
        worker.statusRequested = row.statusRequested();
        worker.lazyRequest = row.lazyStatusRequest();
        worker.sleepTimes = row.sleepTimes();
        return worker;
    }
}
