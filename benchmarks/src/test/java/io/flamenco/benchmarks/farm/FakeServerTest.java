package io.flamenco.benchmarks.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UpdateId;
import io.flamenco.shared.wire.Depsgraph;
import io.flamenco.shared.wire.PushResponse;
import io.flamenco.shared.wire.TaskUpdate;
import io.flamenco.shared.wire.WireJson;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeServerTest {

    private static final String MANAGER = "api/flamenco/managers/5f0000000000000000000001/";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Vertx vertx = Vertx.vertx();
    private final TaskQueue queue = new TaskQueue(1000);
    private final HttpClient client = HttpClient.newHttpClient();
    private final FakeServer server = Pause.until(FakeServer.start(vertx, 0, queue), PATIENCE, "Starting");

    @AfterEach
    void close() {
        client.close();
        Pause.until(vertx.close(), PATIENCE, "Closing");
    }

    @Test
    void gives_as_many_tasks_as_shall_wait_and_makes_up_for_completed_ones() throws Exception {
        // Given
        queue.keep(250);

        // When
        HttpResponse<String> first = depsgraph("");
        HttpResponse<String> unchanged = depsgraph("since");
        queue.onCompleted();
        queue.onCompleted();
        HttpResponse<String> refill = depsgraph("since");

        // Then
        assertThat(tasks(first)).hasSize(250);
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(tasks(refill))
                .extracting(WireTask::id)
                .containsExactly(new TaskId(TaskSupply.id(250)), new TaskId(TaskSupply.id(251)));
        assertThat(first.headers().firstValue("X-Flamenco-Last-Updated").orElseThrow())
                .isLessThan(
                        refill.headers().firstValue("X-Flamenco-Last-Updated").orElseThrow());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(queue.downloads())
                        .extracting(TaskQueue.Download::tasks)
                        .containsExactly(250L, 2L));
    }

    @Test
    void gives_no_more_at_once_than_it_may_and_marks_the_last_one() throws Exception {
        queue.keep(1500);
        queue.endNextDownloadWith("probe");

        List<WireTask> first = tasks(depsgraph(""));
        List<WireTask> second = tasks(depsgraph("since"));

        assertThat(first).hasSize(1000).last().extracting(WireTask::taskType).isEqualTo("probe");
        assertThat(second).hasSize(500).extracting(WireTask::taskType).doesNotContain("probe");
    }

    @Test
    void names_pushed_updates_as_handled_and_remembers_completed_tasks() throws Exception {
        TaskUpdate active = update("5f3000000000000000000001", 7, "active");
        TaskUpdate completed = update("5f3000000000000000000002", 7, "completed");

        PushResponse answer = push(List.of(active, completed));
        push(List.of(completed));

        assertThat(answer.handledUpdateIds()).containsExactly(active.id(), completed.id());
        assertThat(server.updates().updates()).isEqualTo(3);
        assertThat(server.updates().completedTasks()).isEqualTo(1);
    }

    @Test
    void confirms_that_a_task_is_unchanged() throws Exception {
        assertThat(send(request("api/flamenco/tasks/" + TaskSupply.id(1)).build())
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void a_hung_server_answers_nothing_and_a_slow_one_late() throws Exception {
        server.behave(new FakeServer.Manner.Hung());
        HttpRequest impatient = request("api/flamenco/tasks/" + TaskSupply.id(1))
                .timeout(Duration.ofMillis(300))
                .build();
        assertThatThrownBy(() -> send(impatient)).isInstanceOf(HttpTimeoutException.class);

        server.behave(new FakeServer.Manner.Slow(Duration.ofMillis(100)));
        long begin = System.nanoTime();
        send(request("api/flamenco/tasks/" + TaskSupply.id(1)).build());
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(95));
    }

    private HttpResponse<String> depsgraph(String since) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(MANAGER + "depsgraph");
        return send(
                since.isEmpty()
                        ? request.build()
                        : request.header("X-Flamenco-If-Updated-Since", since).build());
    }

    private PushResponse push(List<TaskUpdate> batch) throws IOException, InterruptedException {
        HttpRequest request = request(MANAGER + "task-update-batch")
                .POST(BodyPublishers.ofByteArray(WireJson.write(batch).getBytes()))
                .build();
        return WireJson.read(Buffer.buffer(send(request).body()), PushResponse.class);
    }

    private HttpRequest.Builder request(String path) {
        URI url = server.url().resolve(path);
        return HttpRequest.newBuilder(url).timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    private static List<WireTask> tasks(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return WireJson.read(Buffer.buffer(answer.body()), Depsgraph.class).depsgraph();
    }

    private static TaskUpdate update(String id, long task, String status) {
        return new TaskUpdate(
                new UpdateId(id),
                new TaskId(TaskSupply.id(task)),
                status,
                Instant.EPOCH,
                "",
                0,
                0,
                0,
                0,
                "",
                "",
                List.of(),
                null);
    }
}
