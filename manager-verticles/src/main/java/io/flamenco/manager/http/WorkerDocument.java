package io.flamenco.manager.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.flamenco.manager.workers.WorkerOrders.BlocklistLine;
import io.flamenco.manager.workers.WorkerOrders.SleepTimes;
import io.flamenco.manager.workers.WorkerOrders.WorkerView;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Worker as the Flamenco 2 protocol shows it; never with its secret. */
record WorkerDocument(
        @JsonProperty("_id") WorkerId id,
        String nickname,
        String address,
        String status,
        String platform,
        @Nullable TaskId currentTask,
        int timeCost,
        @Nullable Instant lastActivity,
        List<String> supportedTaskTypes,
        String software,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String currentTaskStatus,
        @Nullable Instant currentTaskUpdated,
        @Nullable JobId currentJob,
        String statusRequested,
        boolean lazyStatusRequest,
        Sleep sleepSchedule,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Blocked> blacklist) {

    static WorkerDocument of(WorkerView worker) {
        return new WorkerDocument(
                worker.workerId(),
                worker.nickname(),
                worker.address(),
                worker.status(),
                worker.platform(),
                worker.currentTask(),
                0,
                worker.lastActivity(),
                worker.supportedTaskTypes(),
                worker.software(),
                worker.currentTaskStatus(),
                worker.currentTaskUpdated(),
                worker.currentJob(),
                worker.statusRequested(),
                worker.lazyStatusRequest(),
                Sleep.of(worker.sleepTimes()),
                worker.blocklist().stream()
                        .map(line -> Blocked.of(worker.workerId(), line))
                        .toList());
    }

    /** When it sleeps. */
    record Sleep(
            boolean scheduleActive,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String daysOfWeek,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String timeStart,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String timeEnd,
            @Nullable Instant nextCheck) {

        static Sleep of(SleepTimes times) {
            return new Sleep(times.active(), times.daysOfWeek(), times.start(), times.end(), times.nextCheck());
        }
    }

    /** What it may not run. */
    record Blocked(@JsonProperty("_created") Instant created, WorkerId workerId, JobId jobId, String taskType) {

        static Blocked of(WorkerId worker, BlocklistLine line) {
            return new Blocked(line.created().truncatedTo(ChronoUnit.MILLIS), worker, line.jobId(), line.taskType());
        }
    }
}
