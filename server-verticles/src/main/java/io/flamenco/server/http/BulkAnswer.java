package io.flamenco.server.http;

import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Does one action to many things, one after the other, and says of each what became of it. */
final class BulkAnswer {

    private BulkAnswer() {}

    /** What is to be touched, and where to go on. */
    record Chosen(List<String> ids, Optional<String> next) {}

    /** Nothing is done in a dry run. */
    static Future<JsonObject> carryOut(BulkBody body, Chosen chosen, Function<String, Future<?>> action) {
        JsonArray results = new JsonArray();
        Future<Void> done = Future.succeededFuture();
        for (String id : chosen.ids()) {
            done = done.compose(before -> body.dryRun() ? Future.succeededFuture() : action.apply(id))
                    .transform(outcome -> {
                        results.add(result(id, outcome.succeeded() ? null : outcome.cause()));
                        return Future.succeededFuture();
                    });
        }
        return done.map(all -> answer(results, chosen.next(), body.dryRun()));
    }

    private static JsonObject result(String id, @Nullable Throwable failure) {
        JsonObject result = new JsonObject().put("id", id);
        return switch (failure) {
            case null -> result.put("done", true);
            case HttpFailure known ->
                result.put("done", false).put("status", known.status()).put("detail", known.getMessage());
            default -> result.put("done", false).put("status", 500).put("detail", "An unforeseen error stopped this.");
        };
    }

    private static JsonObject answer(JsonArray results, Optional<String> next, boolean dryRun) {
        long refused = results.stream()
                .filter(result -> !((JsonObject) result).getBoolean("done"))
                .count();
        return new JsonObject()
                .put("dry_run", dryRun)
                .put("done", results.size() - refused)
                .put("refused", refused)
                .put("results", results)
                .put("next", next.orElse(null));
    }
}
