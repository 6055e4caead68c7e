package io.flamenco.shared.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UpdateId;
import java.util.List;

/**
 * The Server's answer to a batch of task updates.
 *
 * @param modifiedCount how many tasks changed
 * @param handledUpdateIds updates that need not be sent again
 * @param cancelTaskIds tasks that the Manager shall stop; named again in each answer until it has
 * @param uploadTaskFileQueue tasks whose whole log the Server wants; named again until it has been sent
 */
public record PushResponse(
        int modifiedCount,
        List<UpdateId> handledUpdateIds,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TaskId> cancelTaskIds,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<WantedLog> uploadTaskFileQueue) {

    public PushResponse {
        handledUpdateIds = Absent.list(handledUpdateIds);
        cancelTaskIds = Absent.list(cancelTaskIds);
        uploadTaskFileQueue = Absent.list(uploadTaskFileQueue);
    }

    /** A task whose whole log the Server wants. */
    public record WantedLog(JobId job, TaskId task) {}
}
