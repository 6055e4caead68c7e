package io.flamenco.server.http;

import io.flamenco.server.store.Managers.StoredManager;
import io.flamenco.server.store.Managers.Told;
import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a Manager tells of itself, in either version, and writes it as a document. */
final class Notifications {

    private static final int MOST_TASK_TYPES = 1_000;

    private Notifications() {}

    /** Reads a notification; refuses one that lacks what its version must have. */
    static Told read(JsonObject body) {
        if (body.isEmpty()) {
            throw new HttpFailure(400, "The notification is empty.");
        }
        int version = version(body);
        require(body, "manager_url", String.class);
        require(body, "variables", JsonObject.class);
        require(body, "nr_of_workers", Number.class);
        if (version < 2) {
            require(body, "path_replacement", JsonObject.class);
        }
        return new Told(
                body.getString("manager_url"),
                body.getInteger("nr_of_workers"),
                taskTypes(body),
                body.getJsonObject("variables").encode(),
                version < 2 ? body.getJsonObject("path_replacement").encode() : "",
                version);
    }

    /** The Manager's document. */
    static JsonObject document(StoredManager manager) {
        JsonObject document = new JsonObject()
                .put("_id", manager.id().hex())
                .put("_created", JsonDates.document(manager.created()))
                .put("_updated", JsonDates.document(manager.updated()))
                .put("_etag", Long.toHexString(manager.updated().toEpochMilli()))
                .put("name", manager.name())
                .put("description", manager.description())
                .put("url", manager.url())
                .put("settings_version", manager.settingsVersion())
                .put("stats", new JsonObject().put("nr_of_workers", manager.workers()))
                .put("worker_task_types", new JsonArray(new ArrayList<>(manager.taskTypes())));
        if (!manager.variables().isEmpty()) {
            document.put("variables", new JsonObject(manager.variables()));
        }
        if (!manager.pathReplacement().isEmpty()) {
            document.put("path_replacement", new JsonObject(manager.pathReplacement()));
        }
        return document;
    }

    private static int version(JsonObject body) {
        return body.getValue("_meta") instanceof JsonObject meta && meta.getValue("version") instanceof Number version
                ? Math.max(1, version.intValue())
                : 1;
    }

    private static void require(JsonObject body, String key, Class<?> type) {
        if (!type.isInstance(body.getValue(key))) {
            throw new HttpFailure(400, "The notification lacks a usable \"" + key + "\".");
        }
    }

    private static Optional<List<String>> taskTypes(JsonObject body) {
        if (!(body.getValue("worker_task_types") instanceof JsonArray list)) {
            return Optional.empty();
        }
        List<String> types = list.stream()
                .filter(String.class::isInstance)
                .map(String::valueOf)
                .distinct()
                .limit(MOST_TASK_TYPES)
                .toList();
        return Optional.of(types);
    }
}
