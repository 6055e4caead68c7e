package io.flamenco.cli.remote;

import io.flamenco.cli.process.CommandFailure;
import io.flamenco.shared.id.ObjectIds;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds the ids of what people mean: whole ids, or their beginnings when only one thing begins so. */
final class Ids {

    private static final int NEWEST = 1_000;
    private static final int SHORTEST = 4;
    private static final int NAMED = 5;

    private final Remote remote;

    Ids(Remote remote) {
        this.remote = remote;
    }

    /** The job that is meant. */
    Future<String> job(String text) {
        return whole(text) ? Future.succeededFuture(lower(text)) : beginning(text, "job", "jobs", "jobs");
    }

    /** The jobs that are meant. */
    Future<List<String>> jobs(List<String> texts) {
        Future<List<String>> found = Future.succeededFuture(new ArrayList<>());
        for (String text : texts) {
            found = found.compose(before -> job(text).map(id -> {
                before.add(id);
                return before;
            }));
        }
        return found;
    }

    /** The tasks that are meant; of them nothing but whole ids is known. */
    static List<String> tasks(List<String> texts) {
        for (String text : texts) {
            if (!whole(text)) {
                throw CommandFailure.of(
                        "\"" + text + "\" is no id of a task: 24 hexadecimal digits are needed. flamenco"
                                + " tasks list JOB shows them.");
            }
        }
        return texts.stream().map(Ids::lower).toList();
    }

    /** The Manager that is meant, also by its name. */
    Future<String> manager(String text) {
        return whole(text)
                ? Future.succeededFuture(lower(text))
                : remote.calls().get("managers").map(answer -> {
                    List<JsonObject> all = answer.getJsonArray("managers").stream()
                            .map(JsonObject.class::cast)
                            .toList();
                    List<JsonObject> named = all.stream()
                            .filter(one -> text.equalsIgnoreCase(one.getString("name")))
                            .toList();
                    return only(text, "Manager", "managers", named.isEmpty() ? begins(all, text) : named);
                });
    }

    private Future<String> beginning(String text, String kind, String path, String command) {
        if (text.length() < SHORTEST || !text.matches("[0-9a-fA-F]+")) {
            return Future.failedFuture(CommandFailure.of("\"" + text + "\" is no id of a " + kind
                    + ": 24 hexadecimal digits" + " are needed, or at least the first " + SHORTEST + ". flamenco "
                    + command + " list shows them."));
        }
        return remote.list(path, path, Map.of(), NEWEST).map(all -> only(text, kind, command, begins(all, text)));
    }

    static List<JsonObject> begins(List<JsonObject> all, String text) {
        return all.stream()
                .filter(one -> one.getString("id").startsWith(lower(text)))
                .toList();
    }

    static String only(String text, String kind, String command, List<JsonObject> found) {
        if (found.size() == 1) {
            return found.getFirst().getString("id");
        }
        if (found.isEmpty()) {
            throw CommandFailure.of(
                    "No " + kind + " is known as \"" + text + "\"; flamenco " + command + " list shows them.");
        }
        StringBuilder sentence = new StringBuilder(
                "\"" + text + "\" is the beginning of " + found.size() + " ids; give more of it. They are:");
        found.stream()
                .limit(NAMED)
                .forEach(one -> sentence.append("\n  ")
                        .append(one.getString("id"))
                        .append("  ")
                        .append(one.getString("name", one.getString("nickname"))));
        throw CommandFailure.of(found.size() > NAMED ? sentence + "\n  …" : sentence.toString());
    }

    private static boolean whole(String text) {
        return ObjectIds.isValid(text);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
