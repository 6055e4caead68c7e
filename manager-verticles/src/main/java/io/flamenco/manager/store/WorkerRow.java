package io.flamenco.manager.store;

import io.flamenco.manager.workers.WorkerOrders.SleepTimes;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Worker as it is stored. */
public record WorkerRow(
        WorkerId id,
        String hashedSecret,
        String nickname,
        String address,
        String status,
        String platform,
        @Nullable TaskId currentTask,
        @Nullable Instant lastActivity,
        List<String> supportedTaskTypes,
        String software,
        String currentTaskStatus,
        @Nullable Instant currentTaskUpdated,
        String statusRequested,
        boolean lazyStatusRequest,
        SleepTimes sleepTimes) {

    /** Never shows the hash. */
    @Override
    public String toString() {
        return "WorkerRow[id=" + id + ", nickname=" + nickname + ", status=" + status + "]";
    }
}
