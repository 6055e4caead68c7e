package io.flamenco.cli.remote;

import io.flamenco.cli.jobs.JobsClient;
import io.flamenco.cli.jobs.ServerCalls;
import io.flamenco.shared.trust.PeerTrust;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a command works with.
 *
 * @param server where the Server is
 * @param calls talks to it
 * @param jobs follows jobs on it
 * @param screen shows what it says
 */
record Remote(Vertx vertx, URI server, ServerCalls calls, JobsClient jobs, Screen screen) {

    private static final int LARGEST_PAGE = 1_000;

    static Remote of(Vertx vertx, URI server, Optional<String> token, PeerTrust trust, Screen screen) {
        return new Remote(
                vertx,
                server,
                new ServerCalls(vertx, server, token, trust),
                new JobsClient(vertx, server, token, trust),
                screen);
    }

    /**
     * A list of the Server, page after page.
     *
     * @param path below {@code api/v1}
     * @param name of the list in each answer
     * @param query parameters without {@code limit} and {@code cursor}; empty values are left out
     * @param most how many items at most
     */
    Future<List<JsonObject>> list(String path, String name, Map<String, String> query, int most) {
        return more(path + "?" + text(query), name, "", most, new ArrayList<>());
    }

    /** The list of that name in an answer of the Server. */
    static List<JsonObject> items(JsonObject answer, String name) {
        return answer.getJsonArray(name, new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private Future<List<JsonObject>> more(String path, String name, String cursor, int most, List<JsonObject> found) {
        int limit = Math.min(LARGEST_PAGE, most - found.size());
        return calls.get(path + "limit=" + limit + cursor).compose(page -> {
            found.addAll(items(page, name));
            String next = page.getString("next");
            return next == null || found.size() >= most
                    ? Future.succeededFuture(found)
                    : more(path, name, "&cursor=" + encoded(next), most, found);
        });
    }

    private static String text(Map<String, String> query) {
        return query.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()) + "&")
                .collect(Collectors.joining());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
