package io.flamenco.cli.remote;

import io.flamenco.cli.process.ExitCode;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Gives one order for many things, as often as the Server needs to get through all of them. */
final class Bulk {

    private static final int MOST_AT_ONCE = 500;

    private final Remote remote;
    private final String path;
    private final String participle;

    /**
     * @param path of the order below {@code api/v1}
     * @param participle what happened to each, such as {@code canceled}
     */
    Bulk(Remote remote, String path, String participle) {
        this.remote = remote;
        this.path = path;
        this.participle = participle;
    }

    /** For things of these ids. */
    Future<Integer> on(List<String> ids, JsonObject order) {
        Future<List<JsonObject>> results = Future.succeededFuture(new ArrayList<>());
        for (int from = 0; from < ids.size(); from += MOST_AT_ONCE) {
            JsonArray some = new JsonArray(ids.subList(from, Math.min(ids.size(), from + MOST_AT_ONCE)));
            results = results.compose(
                    before -> give(order.copy().put("ids", some), before).map(before));
        }
        return results.map(all -> conclude(all, order));
    }

    /** For all things that match. */
    Future<Integer> onAll(JsonObject filter, JsonObject order) {
        List<JsonObject> results = new ArrayList<>();
        return goOn(order.copy().put("filter", filter), results).map(done -> conclude(results, order));
    }

    private Future<Void> goOn(JsonObject order, List<JsonObject> results) {
        return give(order, results)
                .compose(next -> next.isEmpty()
                        ? Future.succeededFuture()
                        : goOn(order.copy().put("cursor", next), results));
    }

    private Future<String> give(JsonObject order, List<JsonObject> results) {
        return remote.calls().post(path, order).map(answer -> {
            answer.getJsonArray("results").forEach(result -> results.add((JsonObject) result));
            String next = answer.getString("next");
            return next == null ? "" : next;
        });
    }

    private int conclude(List<JsonObject> results, JsonObject order) {
        List<JsonObject> refused =
                results.stream().filter(result -> !result.getBoolean("done")).toList();
        Screen screen = remote.screen();
        if (screen.json()) {
            screen.say(results);
        } else {
            boolean dryRun = order.getBoolean("dry_run", false);
            String what = dryRun ? " would be " + participle : " " + participle;
            results.stream()
                    .filter(result -> result.getBoolean("done"))
                    .forEach(result -> screen.say(result.getString("id") + what));
            refused.forEach(result -> screen.note(result.getString("id") + ": " + result.getString("detail")));
            if (results.isEmpty()) {
                screen.note("Nothing matches.");
            }
        }
        return refused.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
