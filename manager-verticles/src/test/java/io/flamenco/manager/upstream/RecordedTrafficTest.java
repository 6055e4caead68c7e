package io.flamenco.manager.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.Notification;
import io.flamenco.shared.wire.PushResponse;
import io.flamenco.shared.wire.TaskUpdate;
import io.flamenco.shared.wire.WireJson;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an original Manager and a Server said to each other, said again by our Manager. Differences that are meant: an empty
 * batch is {@code []} instead of {@code null}, updates carry {@code current_command_index} besides
 * {@code current_command_idx}, {@code User-Agent} and {@code Accept-Encoding} are our own, and so is the boundary of forms.
 */
class RecordedTrafficTest {

    private final Vertx vertx = Vertx.vertx();
    private final FakeServer server = new FakeServer(vertx);
    private final ServerClient client = new ServerClient(vertx, server.link());

    @TempDir
    private Path directory;

    @AfterEach
    void end() {
        vertx.close().await();
    }

    @Test
    void batches_are_sent_and_their_answers_understood() throws IOException {
        for (Exchange exchange : recorded("task-update-batch")) {
            String body = exchange.requestText();
            List<TaskUpdate> updates =
                    body.equals("null") ? List.of() : List.of(WireJson.read(Buffer.buffer(body), TaskUpdate[].class));

            if (exchange.status() == 200) {
                PushResponse response = client.push(updates).await();
                assertThat(response.handledUpdateIds())
                        .hasSameSizeAs(exchange.answer().getJsonArray("handled_update_ids"));
                assertThat(response.cancelTaskIds())
                        .hasSameSizeAs(exchange.answer().getJsonArray("cancel_task_ids", new JsonArray()));
                assertThat(response.uploadTaskFileQueue())
                        .hasSameSizeAs(exchange.answer().getJsonArray("upload_task_file_queue", new JsonArray()));
            } else {
                assertThatThrownBy(() -> client.push(updates).await()).isInstanceOf(HttpFailure.class);
            }

            assertSameCall(exchange);
            assertThat(normalised(sent().body().toJsonArray()))
                    .isEqualTo(body.equals("null") ? new JsonArray() : normalised(new JsonArray(body)));
        }
    }

    @Test
    void tasks_are_downloaded_from_where_the_last_download_ended() throws IOException {
        for (Exchange exchange : recorded("depsgraph")) {
            List<WireTask> tasks = new ArrayList<>();

            DepsgraphDownload.Result result = client.download(
                            Optional.ofNullable(exchange.requestHeader("X-Flamenco-If-Updated-Since")), portion -> {
                                tasks.addAll(portion);
                                return Future.succeededFuture();
                            })
                    .await();

            assertSameCall(exchange);
            if (exchange.status() == 200) {
                JsonArray documents = exchange.answer().getJsonArray("depsgraph");
                assertThat(tasks).hasSameSizeAs(documents);
                for (int i = 0; i < documents.size(); i++) {
                    assertUnderstood(tasks.get(i), documents.getJsonObject(i));
                }
                assertThat(result.cursor()).hasValue(exchange.responseHeaders().getString("X-Flamenco-Last-Updated"));
            } else {
                assertThat(tasks).isEmpty();
            }
        }
    }

    @Test
    void tasks_are_compared_with_the_servers() throws IOException {
        for (Exchange exchange : recorded("refetch-task")) {
            TaskId task = new TaskId(exchange.path().substring(exchange.path().lastIndexOf('/') + 1));

            Recheck found = client.recheck(task, Objects.requireNonNull(exchange.requestHeader("If-None-Match")))
                    .await();

            assertSameCall(exchange);
            switch (exchange.status()) {
                case 304 -> assertThat(found).isInstanceOf(Recheck.Unchanged.class);
                case 404 -> assertThat(found).isInstanceOf(Recheck.Gone.class);
                case 200 ->
                    assertThat(found)
                            .isInstanceOfSatisfying(
                                    Recheck.Changed.class,
                                    changed -> assertUnderstood(changed.task(), exchange.answer()));
                default -> assertThat(found).isInstanceOf(Recheck.Unknown.class);
            }
        }
    }

    @Test
    void start_and_task_types_are_told() throws IOException {
        for (String name : List.of("startup", "update")) {
            for (Exchange exchange : recorded(name)) {
                Notification told = WireJson.read(Buffer.buffer(exchange.requestText()), Notification.class);

                Future<Void> telling = name.equals("startup") ? client.tellStarted(told) : client.tellChanged(told);
                telling.otherwiseEmpty().await();

                assertThat(telling.succeeded()).isEqualTo(exchange.status() < 300);
                assertSameCall(exchange);
                assertThat(sent().body().toJsonObject()).isEqualTo(new JsonObject(exchange.requestText()));
            }
        }
    }

    @Test
    void logs_are_sent_as_the_same_form() throws IOException {
        for (Exchange exchange : recorded("attach-task-log")) {
            String form = exchange.requestBinary();
            String recordedBoundary = form.substring(2, form.indexOf("\r\n"));
            TaskId task = new TaskId(exchange.path().substring(exchange.path().lastIndexOf('/') + 1));
            Path gzip = directory.resolve("task-" + task + ".txt.gz");
            int start = form.indexOf("\r\n\r\n") + 4;
            String content = form.substring(start, form.indexOf("\r\n--" + recordedBoundary + "--"));
            Files.write(gzip, content.getBytes(StandardCharsets.ISO_8859_1));

            client.uploadLog(task, gzip).await();

            String own = sent().body().toString(StandardCharsets.ISO_8859_1);
            String boundary = own.substring(2, own.indexOf("\r\n"));
            assertThat(own.replace(boundary, recordedBoundary)).isEqualTo(form);
            assertThat(sent().path()).isEqualTo(exchange.path());
        }
    }

    private FakeServer.Request sent() {
        return server.requests().getLast();
    }

    private void assertSameCall(Exchange exchange) {
        FakeServer.Request sent = sent();
        assertThat(sent.method()).isEqualTo(exchange.request().getString("method"));
        assertThat(sent.path()).isEqualTo(exchange.path());
        for (String header : List.of("Authorization", "Content-Type", "If-None-Match", "X-Flamenco-If-Updated-Since")) {
            assertThat(sent.headers().get(header)).as(header).isEqualTo(exchange.requestHeader(header));
        }
    }

    private static void assertUnderstood(WireTask task, JsonObject document) {
        JsonObject own = new JsonObject(WireJson.write(task));
        for (String key : List.of("_id", "_etag", "job", "name", "status", "priority", "commands", "parents")) {
            assertThat(own.getValue(key)).as(key).isEqualTo(document.getValue(key));
        }
    }

    private static JsonArray normalised(JsonArray updates) {
        for (int i = 0; i < updates.size(); i++) {
            JsonObject update = updates.getJsonObject(i);
            update.remove("current_command_index");
            update.put(
                    "received_on_manager",
                    Instant.parse(update.getString("received_on_manager")).toString());
        }
        return updates;
    }

    /** The exchanges of that name, each answered as it was. */
    private Iterable<Exchange> recorded(String name) throws IOException {
        List<Exchange> all = exchanges().stream()
                .filter(exchange -> exchange.json().getString("name").equals(name))
                .filter(Exchange::isWhole)
                .toList();
        assertThat(all).isNotEmpty();
        return () -> all.stream().peek(this::answerAsRecorded).iterator();
    }

    private void answerAsRecorded(Exchange exchange) {
        server.onPath(exchange.path(), request -> {
            exchange.responseHeaders()
                    .forEach(header -> request.response().putHeader(header.getKey(), (String) header.getValue()));
            request.response()
                    .setStatusCode(exchange.status())
                    .end(exchange.json().getJsonObject("response").getString("body"));
        });
    }

    private static List<Exchange> exchanges() throws IOException {
        try (InputStream file = RecordedTrafficTest.class.getResourceAsStream("/golden/upstream.jsonl")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> new Exchange(new JsonObject(line)))
                    .toList();
        }
    }

    /** One request and its answer. */
    private record Exchange(JsonObject json) {

        JsonObject request() {
            return json.getJsonObject("request");
        }

        String path() {
            return request()
                    .getString("path")
                    .replaceFirst("/managers/[0-9a-f]{24}/", "/managers/" + FakeServer.MANAGER + "/");
        }

        String requestText() {
            return request().getString("body");
        }

        /** From one recorded body a part was taken out by hand, so that it is no JSON any more. */
        boolean isWhole() {
            String length = requestHeader("Content-Length");
            int recorded = requestText().getBytes(StandardCharsets.UTF_8).length;
            return length == null
                    || !json.getString("name").equals("task-update-batch")
                    || Integer.parseInt(length) == recorded;
        }

        String requestBinary() {
            return new String(Base64.getDecoder().decode(requestText()), StandardCharsets.ISO_8859_1);
        }

        @Nullable
        String requestHeader(String name) {
            return request().getJsonObject("headers").getString(name);
        }

        int status() {
            return json.getJsonObject("response").getInteger("status");
        }

        JsonObject responseHeaders() {
            return json.getJsonObject("response").getJsonObject("headers");
        }

        JsonObject answer() {
            return new JsonObject(json.getJsonObject("response").getString("body"));
        }
    }
}
