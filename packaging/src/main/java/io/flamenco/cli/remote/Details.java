package io.flamenco.cli.remote;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Shows one thing in full. */
final class Details {

    private static final String INDENT = "  ";

    private Details() {}

    /** The document, key by key. */
    static void show(Screen screen, JsonObject document) {
        if (screen.json()) {
            screen.say(document);
            return;
        }
        lines(screen, document, "");
    }

    private static void lines(Screen screen, JsonObject document, String indent) {
        for (String key : document.fieldNames()) {
            Object value = document.getValue(key);
            switch (value) {
                case null -> {}
                case String text when text.isEmpty() -> {}
                case String text
                when text.contains("\n") -> {
                    screen.say(indent + key + ":");
                    text.lines().forEach(line -> screen.say(indent + INDENT + Table.oneLine(line)));
                }
                case JsonObject inner -> {
                    screen.say(indent + key + ":");
                    lines(screen, inner, indent + INDENT);
                }
                case JsonArray list when list.isEmpty() -> {}
                case JsonArray list -> {
                    screen.say(indent + key + ":");
                    list.forEach(item -> item(screen, item, indent + INDENT));
                }
                default -> screen.say(indent + key + ": " + Table.oneLine(value));
            }
        }
    }

    private static void item(Screen screen, Object item, String indent) {
        screen.say(indent + "- " + (item instanceof JsonObject json ? json.encode() : Table.oneLine(item)));
    }

    /** The last lines of a task's log, under its name. */
    static void log(Screen screen, JsonObject task) {
        String worker = task.getString("worker", "");
        screen.say("");
        screen.say("Task " + task.getString("id") + " " + Table.oneLine(task.getString("name")) + " is "
                + task.getString("status") + (worker.isEmpty() ? "" : " on " + Table.oneLine(worker)));
        String activity = task.getString("activity", "");
        if (!activity.isEmpty()) {
            screen.say(INDENT + Table.oneLine(activity));
        }
        task.getString("log_tail", "").lines().forEach(line -> screen.say(INDENT + "| " + Table.oneLine(line)));
    }
}
