package io.flamenco.worker.blocking;

import io.flamenco.shared.id.TaskId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a Worker reads of a task; the rest of the document is the business of others.
 *
 * @param id of the task
 * @param steps what to do, in order
 */
public record AssignedTask(TaskId id, List<Step> steps) {

    public AssignedTask {
        steps = List.copyOf(steps);
    }

    /**
     * One command, which is checked when its turn comes, so that those before it have run.
     *
     * @param name of the command; empty when the task has none there
     * @param settings as they stand in the task; empty when the task has no settings object there
     */
    public record Step(String name, Optional<Map<String, @Nullable Object>> settings) {

        private static Step of(@Nullable Object step) {
            JsonObject json = step instanceof JsonObject object ? object : new JsonObject();
            Object name = json.getValue("name");
            Object settings = json.getValue("settings");
            return new Step(
                    name instanceof String text ? text : "",
                    settings instanceof JsonObject map ? Optional.of(map.getMap()) : Optional.empty());
        }
    }

    /**
     * Reads a task.
     *
     * @throws IllegalArgumentException when it has no usable {@code _id} or no list of commands
     */
    public static AssignedTask read(Buffer json) {
        try {
            JsonObject task = new JsonObject(json);
            TaskId id = new TaskId(String.valueOf(task.getValue("_id")));
            JsonArray commands = task.getJsonArray("commands", new JsonArray());
            List<Step> steps = new ArrayList<>();
            for (int i = 0; i < commands.size(); i++) {
                steps.add(Step.of(commands.getValue(i)));
            }
            return new AssignedTask(id, steps);
        } catch (DecodeException | ClassCastException e) {
            throw new IllegalArgumentException("the task is no JSON document of the protocol: " + e.getMessage(), e);
        }
    }
}
