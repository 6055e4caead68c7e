package io.flamenco.shared.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Manager tells its Server of its Workers, and what became of the orders that it was given for them. An addition of ours to
 * the Flamenco 2 protocol; only told to a Server that announces {@link ServerCapabilities#WORKER_REPORTS}.
 *
 * @param workers all of them; absent when nothing changed since the last report that the Server took
 * @param outcomes of orders; named again until the Server has taken them
 */
public record WorkerReport(
        @Nullable List<ReportedWorker> workers,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Outcome> outcomes) {

    public WorkerReport {
        workers = workers == null ? null : List.copyOf(workers);
        outcomes = Absent.list(outcomes);
    }

    /**
     * A Worker.
     *
     * @param statusRequested the status that is wanted of it; empty when none is
     * @param lastActivity its last sign of life, to the minute
     */
    public record ReportedWorker(
            WorkerId id,
            String nickname,
            String address,
            String status,
            String statusRequested,
            String platform,
            String software,
            List<String> supportedTaskTypes,
            @Nullable TaskId currentTask,
            @Nullable JobId currentJob,
            @Nullable Instant lastActivity) {

        @SuppressWarnings("ConstantValue") // JSON may lack it
        public ReportedWorker {
            if (id == null) {
                throw new IllegalArgumentException("a Worker has no id");
            }
            nickname = Absent.text(nickname);
            address = Absent.text(address);
            status = Absent.text(status);
            statusRequested = Absent.text(statusRequested);
            platform = Absent.text(platform);
            software = Absent.text(software);
            supportedTaskTypes = Absent.list(supportedTaskTypes);
        }
    }

    /**
     * What became of an order.
     *
     * @param id of the order
     * @param message why it was refused; empty when it was accepted
     */
    public record Outcome(String id, boolean accepted, String message) {

        public Outcome {
            id = Absent.text(id);
            message = Absent.text(message);
        }
    }
}
