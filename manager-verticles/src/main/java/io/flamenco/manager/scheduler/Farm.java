package io.flamenco.manager.scheduler;

import io.flamenco.manager.domain.FailurePolicy;
import io.flamenco.manager.scheduler.TaskEntry.LaneKey;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.status.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything that the one owner knows: tasks, Workers, outbox, who waits, and what is not stored yet. */
final class Farm {

    /** A Worker that went offline counts as able to run tasks for so long. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    final TaskBoard board;
    final Changes changes = new Changes();
    final Outbox outbox = new Outbox(changes);
    final WaitingRoom waitingRoom = new WaitingRoom();
    final FailurePolicy policy;
    final ZoneId zone;
    private final Map<WorkerId, WorkerEntry> workers = new TreeMap<>();
    private final Map<JobId, JobId> jobs = new HashMap<>();
    private final Map<String, String> taskTypes = new HashMap<>();

    /**
     * @param fair whether jobs of equal priority take turns
     * @param zone of times in task logs and of sleep schedules
     */
    Farm(FailurePolicy policy, boolean fair, ZoneId zone) {
        this.policy = policy;
        this.board = new TaskBoard(fair);
        this.zone = zone;
    }

    @Nullable
    WorkerEntry worker(WorkerId id) {
        return workers.get(id);
    }

    /** All Workers, by id. */
    List<WorkerEntry> workers() {
        return List.copyOf(workers.values());
    }

    int countWorkers() {
        return workers.size();
    }

    void add(WorkerEntry worker) {
        workers.put(worker.id, worker);
    }

    void remove(WorkerEntry worker) {
        workers.remove(worker.id);
    }

    /** Who supports the lane's type, is not blocked for it, and was there within the last day. */
    List<WorkerEntry> capable(LaneKey lane, Instant now) {
        List<WorkerEntry> capable = new ArrayList<>();
        for (WorkerEntry worker : workers.values()) {
            if (worker.taskTypes.contains(lane.taskType()) && worker.mayRun(lane) && present(worker, now)) {
                capable.add(worker);
            }
        }
        return capable;
    }

    /** One instance for all equal ids of jobs, to keep a long queue small. */
    JobId shared(JobId job) {
        return jobs.computeIfAbsent(job, same -> same);
    }

    /** One instance for all equal task types. */
    String shared(String taskType) {
        return taskTypes.computeIfAbsent(taskType, same -> same);
    }

    private static boolean present(WorkerEntry worker, Instant now) {
        boolean away = worker.status == WorkerStatus.OFFLINE || worker.status == WorkerStatus.TIMEOUT;
        return !away || (worker.lastActivity != null && worker.lastActivity.isAfter(now.minus(REMEMBERED)));
    }
}
