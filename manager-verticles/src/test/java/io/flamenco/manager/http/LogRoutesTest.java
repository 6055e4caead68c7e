package io.flamenco.manager.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.http.HttpFixture.Answer;
import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.FoundTask;
import io.flamenco.manager.scheduler.SchedulerOrders.TaskView;
import io.flamenco.manager.tasklog.LogPaths;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRoutesTest {

    private static final JobId JOB = new JobId("5c0165dc494ba92dc0552a00");
    private static final TaskId TASK = new TaskId("5c010003494ba92dc0552b03");
    private static final String LOG_FILE = "/logfile/" + JOB + "/" + TASK;
    private static final String PIECE = "/api/v1/tasks/" + TASK + "/log";

    private final HttpFixture http = new HttpFixture();

    @TempDir
    private Path logs;

    private Path log;

    @BeforeEach
    void start() throws IOException {
        log = new LogPaths(logs).current(JOB, TASK);
        Files.createDirectories(log.getParent());
        http.bus.answer(
                SchedulerOrders.FIND_TASK,
                order -> Future.succeededFuture(new FoundTask(order.taskId().equals(TASK) ? task() : null)));
        http.serve(vertx -> new LogRoutes(vertx, http.bus, logs, new BearerGate(HttpFixture.TOKEN)));
    }

    @AfterEach
    void end() {
        http.stop();
    }

    @Test
    void whole_log_needs_the_api_token() throws IOException {
        Files.writeString(log, "secret plans\n");

        assertThat(http.get(LOG_FILE).status()).isEqualTo(401);
        assertThat(http.get(LOG_FILE, Map.of("Authorization", "Bearer wrong")).status())
                .isEqualTo(401);
        assertThat(http.get(LOG_FILE, HttpFixture.WITH_TOKEN).text()).isEqualTo("secret plans\n");
    }

    @Test
    void long_log_is_shown_as_head_and_tail_to_a_browser() throws IOException {
        // Given
        String text = lines(600);
        Files.writeString(log, text);

        // When
        Answer answer = http.get(LOG_FILE, with("User-Agent", "Mozilla/5.0"));

        // Then
        String tail = text.substring(text.length() - 10_240);
        assertThat(answer.text())
                .isEqualTo(text.substring(0, 5_120)
                        + "...\n\n... Skipped 13.1 KiB, use WGet or Curl to download the entire log ... \n\n"
                        + tail.substring(tail.indexOf('\n') + 1));
        assertThat(answer.headers().get("Content-Type")).isEqualTo("text/plain");
    }

    @Test
    void download_program_gets_all_of_it_and_may_ask_for_a_range() throws IOException {
        String text = lines(600);
        Files.writeString(log, text);

        Answer whole = http.get(LOG_FILE, with("User-Agent", "curl/8.5.0"));
        assertThat(whole.text()).isEqualTo(text);
        assertThat(whole.headers().get("Accept-Ranges")).isEqualTo("bytes");
        String modified = whole.headers().get("Last-Modified");
        assertThat(http.get(LOG_FILE, with("If-Modified-Since", modified, "User-Agent", "curl/8"))
                        .status())
                .isEqualTo(304);

        Answer part = http.get(LOG_FILE, with("User-Agent", "curl/8.5.0", "Range", "bytes=10-19"));
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo(text.substring(10, 20));
        assertThat(part.headers().get("Content-Range")).isEqualTo("bytes 10-19/" + text.length());
        assertThat(http.get(LOG_FILE, with("User-Agent", "curl/8", "Range", "bytes=-5"))
                        .text())
                .isEqualTo(text.substring(text.length() - 5));
        assertThat(http.get(LOG_FILE, with("User-Agent", "curl/8", "Range", "bytes=999999-"))
                        .status())
                .isEqualTo(416);
    }

    @Test
    void compressed_log_stands_in_for_a_missing_one() throws IOException {
        Files.write(LogPaths.compressed(log), new byte[] {31, -117, 8});

        Answer answer = http.get(LOG_FILE, HttpFixture.WITH_TOKEN);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().get("Content-Encoding")).isEqualTo("gzip");
        assertThat(answer.headers().get("Content-Disposition"))
                .isEqualTo("attachment; filename=\"task-" + TASK + ".txt.gz\"");
        assertThat(answer.body().getBytes()).containsExactly(31, -117, 8);
    }

    @Test
    void missing_log_and_malformed_ids_are_not_found() {
        assertThat(http.get(LOG_FILE, HttpFixture.WITH_TOKEN).status()).isEqualTo(404);
        Answer malformed = http.get("/logfile/..%2F../" + TASK, HttpFixture.WITH_TOKEN);
        assertThat(malformed.status()).isEqualTo(404);
        assertThat(malformed.text()).contains("Invalid ObjectID used for job-id");
    }

    @Test
    void pieces_of_a_log_tell_where_they_are_in_bytes() throws IOException {
        Files.writeString(log, "häää\nzwei\ndrei\n");

        Answer first = http.get(PIECE + "?limit=9");
        assertThat(first.text()).isEqualTo("häää\n".substring(0, 5) + "z");
        assertThat(first.headers().get("X-Log-Offset")).isEqualTo("0");
        assertThat(first.headers().get("X-Log-Size")).isEqualTo("18");

        Answer rest = http.get(PIECE + "?from=9");
        assertThat(rest.text()).isEqualTo("wei\ndrei\n");
        assertThat(rest.headers().get("X-Log-Offset")).isEqualTo("9");
    }

    @Test
    void negative_start_counts_from_the_end() throws IOException {
        Files.writeString(log, "eins\nzwei\ndrei\n");

        Answer end = http.get(PIECE + "?from=-5");

        assertThat(end.text()).isEqualTo("drei\n");
        assertThat(end.headers().get("X-Log-Offset")).isEqualTo("10");
    }

    @Test
    void piece_beyond_the_end_and_piece_of_a_log_that_is_not_there_yet_are_empty() throws IOException {
        Answer none = http.get(PIECE);
        assertThat(none.status()).isEqualTo(200);
        assertThat(none.headers().get("X-Log-Size")).isEqualTo("0");
        assertThat(none.body().length()).isZero();

        Files.writeString(log, "short\n");
        Answer beyond = http.get(PIECE + "?from=1000");
        assertThat(beyond.headers().get("X-Log-Offset")).isEqualTo("6");
        assertThat(beyond.body().length()).isZero();
    }

    @Test
    void numbers_out_of_bounds_unknown_tasks_and_malformed_ids_are_refused() {
        assertThat(http.get(PIECE + "?limit=1048577").status()).isEqualTo(400);
        assertThat(http.get(PIECE + "?limit=0").status()).isEqualTo(400);
        assertThat(http.get(PIECE + "?from=abc").json().getString("detail")).contains("\"from\"");
        assertThat(http.get("/api/v1/tasks/5c010003494ba92dc0552bff/log").status())
                .isEqualTo(404);
        assertThat(http.get("/api/v1/tasks/nonsense/log").status()).isEqualTo(404);
    }

    private static Map<String, String> with(String... headers) {
        Map<String, String> all = new HashMap<>(HttpFixture.WITH_TOKEN);
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return all;
    }

    private static String lines(int count) {
        return IntStream.range(0, count)
                .mapToObj("%06d this is a long log line to fill the file\n"::formatted)
                .collect(Collectors.joining());
    }

    private static TaskView task() {
        return new TaskView(TASK, JOB, "render", "active", "sleep", 50, 50, null, "", "", 0, null);
    }
}
