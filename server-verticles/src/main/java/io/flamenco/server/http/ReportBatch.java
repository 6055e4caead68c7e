package io.flamenco.server.http;

import io.flamenco.server.domain.TaskPatch;
import io.flamenco.server.jobs.JobOrder.TaskReport;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.id.UpdateId;
import io.flamenco.shared.status.TaskStatus;
import io.flamenco.shared.wire.FailedByWorker;
import io.flamenco.shared.wire.TaskUpdate;
import io.flamenco.shared.wire.WireJson;
import io.flamenco.shared.wire.WireJsonException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a Manager's batch of updates. An item that cannot be read is acknowledged and otherwise ignored, since a Manager
 * would send it for ever. The moment that it names tells how long a task ran, and nothing else: when a document changed is
 * told by the Server's own clock.
 */
final class ReportBatch {

    private static final Logger LOG = LoggerFactory.getLogger(ReportBatch.class);
    private static final int LONGEST_TEXT = 65_536;

    private ReportBatch() {}

    static List<TaskReport> read(JsonArray batch) {
        List<TaskReport> reports = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            if (batch.getValue(i) instanceof JsonObject item) {
                report(item).ifPresent(reports::add);
            }
        }
        return reports;
    }

    private static Optional<TaskReport> report(JsonObject item) {
        Object moment = item.remove("received_on_manager");
        Optional<Instant> at = moment instanceof String text ? JsonDates.parse(text) : Optional.empty();
        try {
            TaskUpdate update = WireJson.fromJson(item, TaskUpdate.class);
            return readable(update) ? Optional.of(report(item, update, at)) : unreadable(item, "an id is missing");
        } catch (WireJsonException e) {
            return unreadable(item, e.getMessage());
        }
    }

    private static TaskReport report(JsonObject item, TaskUpdate update, Optional<Instant> at) {
        Optional<List<FailedByWorker>> failed =
                item.getValue("failed_by_workers") == null ? Optional.empty() : Optional.of(update.failedByWorkers());
        return new TaskReport(
                update.id(),
                Optional.of(update.taskId()),
                TaskStatus.parse(update.taskStatus()),
                TaskPatch.of(update, failed),
                at);
    }

    @SuppressWarnings("ConstantValue") // JSON may lack either
    private static boolean readable(TaskUpdate update) {
        return update.id() != null
                && update.taskId() != null
                && update.activity().length() <= LONGEST_TEXT
                && update.logTail().length() <= LONGEST_TEXT;
    }

    private static Optional<TaskReport> unreadable(JsonObject item, @Nullable String why) {
        LOG.warn("An update cannot be read and is ignored. update={} reason={}", item.getValue("_id"), why);
        return item.getValue("_id") instanceof String id && ObjectIds.isValid(id)
                ? Optional.of(new TaskReport(
                        new UpdateId(id), Optional.empty(), Optional.empty(), TaskPatch.NOTHING, Optional.empty()))
                : Optional.empty();
    }
}
