package io.flamenco.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.domain.FailurePolicy;
import io.flamenco.shared.wire.Depsgraph;
import io.flamenco.shared.wire.WireJson;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the original Manager answered to Workers, asked of ours in the same order. The recording lacks some exchanges;
 * where one of them moved a task, the test does the same move in between.
 *
 * <p>Differences on purpose: a task names its parents; the reason why JSON could not be read is in other words; 405 has a body; a Worker without
 * task types has an empty list and not null.
 */
class GoldenReplayTest {

    private static final Pattern PORT = Pattern.compile(":\\d+$");
    private static final String NOT_READ = "Unable to decode JSON: ";

    private final FarmUnderTest open = new FarmUnderTest(new FailurePolicy(3, 3), "");
    private final FarmUnderTest locked = new FarmUnderTest();
    private final Map<String, String> oursByTheirs = new HashMap<>();

    @AfterEach
    void close() {
        open.close();
        locked.close();
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(GoldenReplayTest.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @TestFactory
    List<DynamicTest> our_answers_are_those_of_the_original() throws IOException {
        return resource("/golden/worker-calls.jsonl")
                .lines()
                .map(JsonObject::new)
                .map(exchange -> DynamicTest.dynamicTest(exchange.getString("name"), () -> replay(exchange)))
                .toList();
    }

    private void replay(JsonObject exchange) throws IOException {
        prepare(exchange.getString("name"));
        if (exchange.getString("name").equals("kick-downloader")) {
            return;
        }
        JsonObject expected = exchange.getJsonObject("response");
        HttpResponse<Buffer> answer = send(exchange);

        assertThat(answer.statusCode()).isEqualTo(expected.getInteger("status"));
        if (answer.statusCode() != 405) {
            compareBodies(answer, expected);
            assertThat(answer.getHeader("WWW-Authenticate"))
                    .isEqualTo(expected.getJsonObject("headers").getString("Www-Authenticate"));
        }
    }

    /** What happened between the recorded exchanges. */
    private void prepare(String next) throws IOException {
        if (next.equals("kick-downloader")) {
            Depsgraph graph = WireJson.read(Buffer.buffer(resource("/golden/depsgraph.json")), Depsgraph.class);
            open.download(graph.depsgraph().toArray(new WireTask[0]));
        } else if (next.equals("task-parent-not-complete-gives-low")) {
            assertThat(call("6b023589686c820d36b4d44c", "secret-w2", "/task", "")
                            .bodyAsJsonObject()
                            .getString("name"))
                    .isEqualTo("t_hi");
        } else if (next.equals("task-child-after-parent")) {
            String path = "/tasks/5c010001494ba92dc0552b01/update";
            assertThat(call("6b023589686c820d36b4d44b", "secret-w1", path, "{\"task_status\":\"completed\"}")
                            .statusCode())
                    .isEqualTo(204);
        }
    }

    private HttpResponse<Buffer> call(String worker, String secret, String path, String body) {
        JsonObject call = new JsonObject()
                .put("method", "POST")
                .put("path", path)
                .put("headers", new JsonObject().put("Authorization", basic(worker, secret)))
                .put("body", body);
        return send(new JsonObject().put("name", path).put("request", call));
    }

    private HttpResponse<Buffer> send(JsonObject exchange) {
        JsonObject call = exchange.getJsonObject("request");
        FarmUnderTest farm = exchange.getString("name").endsWith("token-403") ? locked : open;
        HttpRequest<Buffer> request =
                farm.request(HttpMethod.valueOf(call.getString("method")), call.getString("path"));
        for (Map.Entry<String, Object> header : call.getJsonObject("headers")) {
            request.putHeader(header.getKey(), withOurId(header.getValue().toString()));
        }
        String body = call.getString("body");
        return FarmUnderTest.await(body == null ? request.send() : request.sendBuffer(Buffer.buffer(body)));
    }

    private String withOurId(String header) {
        for (Map.Entry<String, String> id : oursByTheirs.entrySet()) {
            if (header.startsWith("Basic ") && decoded(header).startsWith(id.getKey())) {
                return basic(
                        id.getValue(), decoded(header).substring(id.getKey().length() + 1));
            }
        }
        return header;
    }

    private static String decoded(String header) {
        try {
            return new String(Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformedOnPurpose) {
            return "";
        }
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private void compareBodies(HttpResponse<Buffer> answer, JsonObject expected) {
        String ours = Objects.requireNonNullElse(answer.bodyAsString(), "");
        String theirs = expected.getString("body");
        if (theirs.startsWith(NOT_READ)) {
            assertThat(ours).startsWith(NOT_READ).endsWith("\n");
        } else if (theirs.startsWith("{")) {
            assertThat(answer.getHeader("Content-Type")).isEqualTo("application/json");
            assertThat(ours).endsWith("}\n");
            assertThat(ourWorker(new JsonObject(ours), new JsonObject(theirs)))
                    .isEqualTo(theirWorker(new JsonObject(theirs)));
        } else {
            assertThat(ours).isEqualTo(theirs);
        }
    }

    /** Remembers which id of ours stands for theirs, and hides what differs from run to run. */
    private JsonObject ourWorker(JsonObject ours, JsonObject theirs) {
        if (ours.containsKey("nickname")) {
            oursByTheirs.put(theirs.getString("_id"), ours.getString("_id"));
            ours.put("_id", theirs.getString("_id"));
        }
        ours.remove("parents");
        return withoutPort(ours);
    }

    private static JsonObject theirWorker(JsonObject theirs) {
        if (theirs.containsKey("supported_task_types") && theirs.getValue("supported_task_types") == null) {
            theirs.put("supported_task_types", new JsonArray());
        }
        return withoutPort(theirs);
    }

    private static JsonObject withoutPort(JsonObject worker) {
        if (worker.getValue("address") instanceof String address) {
            worker.put("address", PORT.matcher(address).replaceAll(""));
        }
        return worker;
    }
}
