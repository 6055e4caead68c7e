package io.flamenco.manager.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UpdateId;
import io.flamenco.shared.wire.PushResponse;
import io.flamenco.shared.wire.TaskUpdate;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerClientTest {

    private static final TaskId TASK = new TaskId("5c010003494ba92dc0552b03");
    private static final String TASK_PATH = "/api/flamenco/tasks/" + TASK;
    private static final String NOTHING_HANDLED = "{\"handled_update_ids\":[],\"modified_count\":0}\n";

    private final Vertx vertx = Vertx.vertx();
    private final FakeServer server = new FakeServer(vertx);
    private final ServerClient client = new ServerClient(vertx, server.link());

    @AfterEach
    void end() {
        vertx.close().await();
    }

    @Test
    void push_authenticates_with_the_secret_as_user_and_sends_an_empty_list_when_there_is_nothing() {
        server.onManagerCall("task-update-batch", FakeServer.json(NOTHING_HANDLED));

        client.push(List.of()).await();

        FakeServer.Request push = server.requests().getFirst();
        assertThat(push.method()).isEqualTo("POST");
        assertThat(push.path()).isEqualTo("/api/flamenco/managers/5852bc5198377351f95d103e/task-update-batch");
        assertThat(push.headers().get("Authorization")).isEqualTo("Basic Zml4ZWQtc2VjcmV0LWZvci10ZXN0czo=");
        assertThat(push.headers().get("Content-Type")).isEqualTo("application/json");
        assertThat(push.body()).hasToString("[]");
    }

    @Test
    void answer_to_a_push_names_what_was_handled_and_what_to_cancel_and_send() {
        server.onManagerCall("task-update-batch", FakeServer.json("""
                        {"modified_count":1,"handled_update_ids":["6b02359d686c820d36b4d46f"],
                         "cancel_task_ids":["5c010003494ba92dc0552b03"],
                         "upload_task_file_queue":[{"job":"5c0165dc494ba92dc0552a00","task":"5c010003494ba92dc0552b03"}]}"""));

        PushResponse response = client.push(List.of(update(""))).await();

        assertThat(response.handledUpdateIds()).containsExactly(new UpdateId("6b02359d686c820d36b4d46f"));
        assertThat(response.cancelTaskIds()).containsExactly(TASK);
        assertThat(response.uploadTaskFileQueue()).hasSize(1);
    }

    @Test
    void body_is_compressed_only_once_the_server_has_said_that_it_takes_gzip() throws IOException {
        // Given
        List<TaskUpdate> large = List.of(update("x".repeat(5_000)));
        server.onManagerCall(
                "task-update-batch",
                request ->
                        request.response().putHeader("Accept-Encoding", "gzip").end(NOTHING_HANDLED));

        // When
        client.push(large).await();
        client.push(large).await();
        client.push(List.of()).await();

        // Then
        List<FakeServer.Request> pushes = server.requests();
        assertThat(pushes)
                .extracting(push -> push.headers().get("Content-Encoding"))
                .containsExactly(null, "gzip", null);
        assertThat(unzipped(pushes.get(1).body().getBytes()))
                .isEqualTo(pushes.get(0).body().toString());
    }

    @Test
    void nothing_is_compressed_for_a_server_that_says_nothing() {
        server.onManagerCall("task-update-batch", FakeServer.json(NOTHING_HANDLED));

        client.push(List.of(update("x".repeat(5_000)))).await();
        client.push(List.of(update("x".repeat(5_000)))).await();

        assertThat(server.requests()).noneMatch(push -> push.headers().contains("Content-Encoding"));
    }

    @Test
    void server_that_refuses_gzip_after_all_gets_plain_text_again() {
        server.onManagerCall(
                "task-update-batch",
                request -> request.response()
                        .setStatusCode(request.headers().contains("Content-Encoding") ? 415 : 200)
                        .putHeader("Accept-Encoding", "gzip")
                        .end(NOTHING_HANDLED));
        List<TaskUpdate> large = List.of(update("x".repeat(5_000)));

        client.push(large).await();
        assertThatThrownBy(() -> client.push(large).await()).isInstanceOf(HttpFailure.class);
        client.push(large).await();

        assertThat(server.requests()).last().matches(push -> !push.headers().contains("Content-Encoding"));
    }

    @Test
    void refusal_says_what_was_refused_and_what_to_check() {
        server.onManagerCall("task-update-batch", FakeServer.status(403));

        assertThatThrownBy(() -> client.push(List.of()).await())
                .isInstanceOf(HttpFailure.class)
                .hasMessageContainingAll("403", "push of task updates", "manager_secret")
                .hasMessageNotContaining(FakeServer.SECRET);
    }

    @Test
    void empty_answer_to_a_push_is_a_failure() {
        server.onManagerCall("task-update-batch", FakeServer.status(204));

        assertThatThrownBy(() -> client.push(List.of()).await()).hasMessageContaining("Flamenco Server");
    }

    @Test
    void redirect_is_not_followed_with_the_secret() {
        FakeServer elsewhere = new FakeServer(vertx);
        server.onManagerCall(
                "task-update-batch",
                request -> request.response()
                        .setStatusCode(307)
                        .putHeader("Location", elsewhere.link().url("/stolen"))
                        .end());

        assertThatThrownBy(() -> client.push(List.of()).await()).hasMessageContaining("/stolen");

        assertThat(elsewhere.requests()).isEmpty();
    }

    @Test
    void server_that_is_not_there_is_a_failure() throws IOException {
        try (Socket nobody = new Socket()) {
            // A port that is taken, and at which nobody listens.
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            URI there = URI.create("http://127.0.0.1:" + nobody.getLocalPort());
            ServerClient lost = new ServerClient(
                    vertx,
                    new ServerLink(
                            there,
                            FakeServer.MANAGER,
                            FakeServer.SECRET,
                            server.link().recognised()));

            assertThatThrownBy(() -> lost.push(List.of()).await())
                    .isInstanceOf(HttpFailure.class)
                    .hasMessageContaining("cannot be reached");
        }
    }

    @Test
    void check_sends_the_etag_as_it_is_without_quotes() {
        server.onPath(TASK_PATH, FakeServer.status(304));

        assertThat(client.recheck(TASK, "etag-t_hi").await()).isEqualTo(new Recheck.Unchanged());

        assertThat(server.requests().getFirst().headers().get("If-None-Match")).isEqualTo("etag-t_hi");
    }

    @Test
    void only_not_found_and_gone_take_a_task_away() {
        for (int status : List.of(404, 410)) {
            server.onPath(TASK_PATH, FakeServer.status(status));
            assertThat(client.recheck(TASK, "e").await()).isEqualTo(new Recheck.Gone());
        }
        for (int status : List.of(204, 302, 400, 401, 403, 408, 429, 500, 503)) {
            server.onPath(TASK_PATH, FakeServer.status(status));
            assertThat(client.recheck(TASK, "e").await()).isInstanceOf(Recheck.Unknown.class);
        }
    }

    @Test
    void changed_task_is_read_and_a_page_that_is_no_task_changes_nothing() {
        server.onPath(TASK_PATH, FakeServer.json("{\"_id\":\"" + TASK + "\",\"_etag\":\"new\",\"priority\":7}"));
        Recheck changed = client.recheck(TASK, "old").await();
        assertThat(changed).isInstanceOfSatisfying(Recheck.Changed.class, found -> {
            assertThat(found.task().etag()).isEqualTo("new");
            assertThat(found.task().priority()).isEqualTo(7);
        });

        server.onPath(TASK_PATH, request -> request.response().end("<html>Log in, please</html>"));
        assertThat(client.recheck(TASK, "old").await()).isInstanceOf(Recheck.Unknown.class);
    }

    @Test
    void check_of_a_silent_server_ends_soon_and_leaves_the_task_alone() {
        server.onPath(TASK_PATH, FakeServer.silence());

        assertThat(client.recheck(TASK, "e").await()).isInstanceOf(Recheck.Unknown.class);
    }

    @Test
    void download_hands_on_tasks_in_portions_and_tells_the_cursor() {
        // Given
        server.onManagerCall(
                "depsgraph",
                request -> request.response()
                        .putHeader("X-Flamenco-Last-Updated", "2026-11-22T00:21:30.092440+00:00")
                        .end(Tasks.depsgraph(2_500)));
        List<WireTask> merged = new ArrayList<>();
        List<Integer> portions = new ArrayList<>();

        // When
        DepsgraphDownload.Result result = client.download(Optional.empty(), tasks -> {
                    portions.add(tasks.size());
                    merged.addAll(tasks);
                    return Future.succeededFuture();
                })
                .await();

        // Then
        assertThat(result)
                .isEqualTo(new DepsgraphDownload.Result(2_500, Optional.of("2026-11-22T00:21:30.092440+00:00")));
        assertThat(portions).hasSizeBetween(2, 12).allMatch(size -> size <= 500);
        assertThat(merged).hasSize(2_500);
        assertThat(merged.get(1_700)).isEqualTo(Tasks.task(1_700));
        assertThat(server.requests().getFirst().headers().contains("X-Flamenco-If-Updated-Since"))
                .isFalse();
    }

    @Test
    void download_gives_the_cursor_back_verbatim() {
        server.onManagerCall("depsgraph", FakeServer.status(304));

        DepsgraphDownload.Result result = client.download(Optional.of("2026-11-22T00:21:53.864687+00:00"), tasks -> {
                    throw new AssertionError("nothing to merge");
                })
                .await();

        assertThat(result).isEqualTo(DepsgraphDownload.Result.nothingNew());
        assertThat(server.requests().getFirst().headers().get("X-Flamenco-If-Updated-Since"))
                .isEqualTo("2026-11-22T00:21:53.864687+00:00");
    }

    @Test
    void download_that_breaks_off_is_a_failure_after_what_came_was_merged() {
        String whole = Tasks.depsgraph(1_500);
        server.onManagerCall("depsgraph", request -> {
            request.response().putHeader("Content-Length", Integer.toString(whole.length()));
            request.response()
                    .write(whole.substring(0, whole.length() - 5_000))
                    .onSuccess(sent -> request.connection().close());
        });
        List<WireTask> merged = new ArrayList<>();

        assertThatThrownBy(() -> client.download(Optional.empty(), tasks -> {
                            merged.addAll(tasks);
                            return Future.succeededFuture();
                        })
                        .await())
                .isInstanceOf(HttpFailure.class);
        assertThat(merged).hasSizeBetween(1_000, 1_499);
    }

    @Test
    void download_that_ends_too_early_or_is_no_json_or_cannot_be_merged_is_a_failure() {
        for (String body : List.of("{\"depsgraph\":[", "{\"depsgraph\":[{\"_id\":\"x\"}]}", "<html/>", "", "[]")) {
            server.onManagerCall("depsgraph", FakeServer.json(body));
            assertThatThrownBy(() -> client.download(Optional.empty(), tasks -> Future.succeededFuture())
                            .await())
                    .as(body)
                    .isInstanceOf(HttpFailure.class);
        }
        server.onManagerCall("depsgraph", FakeServer.json(Tasks.depsgraph(1)));
        assertThatThrownBy(() -> client.download(
                                Optional.empty(), tasks -> Future.failedFuture(new HttpFailure(503, "database away")))
                        .await())
                .hasMessage("database away");
    }

    @Test
    void log_travels_as_the_one_part_of_a_form_with_its_bytes_unchanged(@TempDir Path directory) throws IOException {
        // Given
        Path gzip = directory.resolve("task-" + TASK + ".txt.gz");
        byte[] bytes = new byte[100_000];
        new java.util.Random(1).nextBytes(bytes);
        Files.write(gzip, bytes);
        server.onManagerCall("attach-task-log/" + TASK, FakeServer.status(201));

        // When
        client.uploadLog(TASK, gzip).await();

        // Then
        FakeServer.Request upload = server.requests().getFirst();
        String type = upload.headers().get("Content-Type");
        assertThat(type).startsWith("multipart/form-data; boundary=");
        String boundary = type.substring(type.indexOf('=') + 1);
        String body = upload.body().toString(StandardCharsets.ISO_8859_1);
        assertThat(body)
                .isEqualTo("--" + boundary + "\r\n"
                        + "Content-Disposition: form-data; name=\"logfile\"; filename=\"task-" + TASK + ".txt.gz\"\r\n"
                        + "Content-Type: text/plain+gzip\r\n\r\n"
                        + new String(bytes, StandardCharsets.ISO_8859_1)
                        + "\r\n--" + boundary + "--\r\n");
        assertThat(upload.headers().get("Content-Length")).isEqualTo(Integer.toString(body.length()));
    }

    private static TaskUpdate update(String activity) {
        return new TaskUpdate(
                UpdateId.next(), TASK, "active", Instant.EPOCH, activity, 0, 0, 0, 0, "", "", List.of(), null);
    }

    private static String unzipped(byte[] bytes) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
