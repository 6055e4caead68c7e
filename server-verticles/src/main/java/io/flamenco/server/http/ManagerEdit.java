package io.flamenco.server.http;

import io.flamenco.server.store.Managers.StoredManager;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/**
 * Another name and description for a Manager, as far as they are given.
 *
 * @param mistakes what is wrong, by key; empty when it can be carried out
 */
record ManagerEdit(String name, String description, Map<String, String> mistakes) {

    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_DESCRIPTION = 1_024;

    /** Reads it over what the Manager has. */
    static ManagerEdit read(JsonObject body, StoredManager before) {
        Map<String, String> mistakes = new TreeMap<>();
        String name = body.getValue("name", before.name()) instanceof String given ? given.strip() : "";
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            mistakes.put("name", "must be a text of 1 to " + LONGEST_NAME + " characters");
        }
        Object description = body.getValue("description", before.description());
        if (!(description instanceof String text) || text.length() > LONGEST_DESCRIPTION) {
            mistakes.put("description", "must be a text of at most " + LONGEST_DESCRIPTION + " characters");
        }
        return new ManagerEdit(name, String.valueOf(description), mistakes);
    }

    /** What is wrong as one sentence. */
    String sentence() {
        StringBuilder sentence = new StringBuilder();
        mistakes.forEach((key, wrong) -> sentence.append(sentence.isEmpty() ? "" : "; ")
                .append('"')
                .append(key)
                .append("\" ")
                .append(wrong));
        return sentence.append('.').toString();
    }

    /** What is wrong as the Flamenco 2 protocol has it. */
    JsonObject protocolMistakes() {
        JsonObject errors = new JsonObject();
        mistakes.forEach((key, wrong) -> errors.put(key, new JsonArray().add(wrong)));
        return new JsonObject().put("_errors", errors).put("_message", sentence());
    }
}
