package io.flamenco.cli.remote;

import io.flamenco.cli.process.CommandFailure;
import io.flamenco.shared.id.ObjectIds;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Finds the ids of what people mean: whole ids, or their beginnings when only one thing begins so. */
final class Ids {

    static final int MOST = 10_000;
    private static final int LENGTH = 24;
    private static final int SHORTEST = 4;
    private static final int NAMED = 5;

    private final Remote remote;

    Ids(Remote remote) {
        this.remote = remote;
    }

    /** The job that is meant. */
    Future<String> job(String text) {
        return beginning(text, "job", "flamenco jobs list");
    }

    /** The jobs that are meant. */
    Future<List<String>> jobs(List<String> texts) {
        return all(texts, this::job);
    }

    /** The task that is meant. */
    Future<String> task(String text) {
        return beginning(text, "task", "flamenco tasks list JOB");
    }

    /** The tasks that are meant. */
    Future<List<String>> tasks(List<String> texts) {
        return all(texts, this::task);
    }

    private static Future<List<String>> all(List<String> texts, Function<String, Future<String>> find) {
        Future<List<String>> found = Future.succeededFuture(new ArrayList<>());
        for (String text : texts) {
            found = found.compose(before -> find.apply(text).map(id -> {
                before.add(id);
                return before;
            }));
        }
        return found;
    }

    /** The Manager that is meant, also by its name. */
    Future<String> manager(String text) {
        return ObjectIds.isValid(text)
                ? Future.succeededFuture(lower(text))
                : remote.list("managers", "managers", Map.of(), MOST).map(all -> named(text, "name", "Manager", all));
    }

    /** The Worker that is meant, also by its name. */
    Future<String> worker(String text) {
        return remote.list("workers", "workers", Map.of(), MOST).map(all -> named(text, "nickname", "Worker", all));
    }

    private static String named(String text, String name, String kind, List<JsonObject> all) {
        List<JsonObject> named = all.stream()
                .filter(one -> text.equalsIgnoreCase(one.getString("id")) || text.equalsIgnoreCase(one.getString(name)))
                .toList();
        String list = "flamenco " + lower(kind) + "s list";
        return only(text, kind, list, named.isEmpty() ? begins(all, text) : named);
    }

    private Future<String> beginning(String text, String kind, String list) {
        if (ObjectIds.isValid(text)) {
            return Future.succeededFuture(lower(text));
        }
        if (!text.matches("[0-9a-fA-F]{" + SHORTEST + "," + LENGTH + "}")) {
            return Future.failedFuture(CommandFailure.of("\"" + text + "\" is no id of a " + kind + ": "
                    + LENGTH + " hexadecimal digits are needed, or at least the first " + SHORTEST + ". " + list
                    + " shows them."));
        }
        return remote.calls().get("ids/" + text).map(found -> only(text, kind, list, Remote.items(found, kind + "s")));
    }

    private static List<JsonObject> begins(List<JsonObject> all, String text) {
        return all.stream()
                .filter(one -> one.getString("id").startsWith(lower(text)))
                .toList();
    }

    private static String only(String text, String kind, String list, List<JsonObject> found) {
        if (found.size() == 1) {
            return found.getFirst().getString("id");
        }
        if (found.isEmpty()) {
            throw CommandFailure.of("No " + kind + " is known as \"" + text + "\"; " + list + " shows them.");
        }
        String several = found.size() > NAMED ? "more than " + NAMED : String.valueOf(found.size());
        StringBuilder sentence = new StringBuilder(
                "\"" + text + "\" may be any of " + several + " " + kind + "s; give more of the id. They are:");
        found.stream()
                .limit(NAMED)
                .forEach(one -> sentence.append("\n  ")
                        .append(one.getString("id"))
                        .append("  ")
                        .append(one.getString("name", one.getString("nickname"))));
        throw CommandFailure.of(found.size() > NAMED ? sentence + "\n  …" : sentence.toString());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
