package io.flamenco.cli.jobs;

import io.vertx.core.json.JsonObject;

/**
 * A job that somebody wants done.
 *
 * @param jobType such as {@code blender-render}
 * @param name for people
 * @param priority 1 to 100; higher runs earlier
 * @param settings what the job type asks for
 */
public record JobSubmission(String jobType, String name, int priority, JsonObject settings) {

    /** The priority of a job about whose urgency nothing was said. */
    public static final int USUAL_PRIORITY = 50;

    JsonObject toJson() {
        return new JsonObject()
                .put("job_type", jobType)
                .put("name", name)
                .put("priority", priority)
                .put("settings", settings);
    }
}
