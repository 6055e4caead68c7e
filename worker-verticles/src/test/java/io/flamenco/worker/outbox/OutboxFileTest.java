package io.flamenco.worker.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.kernel.StartFailure;
import io.flamenco.shared.wire.WorkerUpdate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxFileTest {

    private static final TaskId ONE = new TaskId("111111111111111111111111");
    private static final TaskId OTHER = new TaskId("222222222222222222222222");
    private static final long PLENTY = 1L << 30;

    private Path path;

    @BeforeEach
    void nameFile(@TempDir Path temporary) {
        path = temporary.resolve("outbox.db");
    }

    @Test
    void updates_come_out_in_the_order_in_which_they_went_in() {
        try (OutboxFile outbox = OutboxFile.open(path, PLENTY)) {
            for (int i = 0; i < 5; i++) {
                outbox.add(i % 2 == 0 ? ONE : OTHER, WorkerUpdate.ofLog("line " + i));
            }

            assertThat(outbox.size()).isEqualTo(5);
            assertThat(logs(outbox.oldest(10, Set.of())))
                    .containsExactly("line 0", "line 1", "line 2", "line 3", "line 4");
            assertThat(logs(outbox.oldest(2, Set.of(ONE)))).containsExactly("line 1", "line 3");
        }
    }

    @Test
    void catalogue_28_what_was_added_is_there_when_the_file_is_opened_again() {
        OutboxFile outbox = OutboxFile.open(path, PLENTY);
        outbox.add(ONE, WorkerUpdate.ofLog("kept"));
        String key = outbox.oldest(1, Set.of()).getFirst().key();
        outbox.close();

        try (OutboxFile again = OutboxFile.open(path, PLENTY)) {
            assertThat(again.size()).isEqualTo(1);
            assertThat(again.bytes()).isPositive();
            assertThat(again.oldest(1, Set.of()).getFirst().key()).isEqualTo(key);
        }
    }

    @Test
    void removed_updates_are_gone_and_their_numbers_are_never_used_again() {
        try (OutboxFile outbox = OutboxFile.open(path, PLENTY)) {
            outbox.add(ONE, WorkerUpdate.ofLog("first"));
            List<OutboxEntry> first = outbox.oldest(1, Set.of());
            outbox.remove(first);
            outbox.remove(first);
            outbox.add(ONE, WorkerUpdate.ofLog("second"));

            assertThat(outbox.size()).isEqualTo(1);
            assertThat(outbox.oldest(1, Set.of()).getFirst().number())
                    .isGreaterThan(first.getFirst().number());
        }
    }

    @Test
    void a_full_outbox_leaves_out_log_lines_and_keeps_statuses() {
        try (OutboxFile outbox = OutboxFile.open(path, 100)) {
            outbox.add(ONE, WorkerUpdate.ofLog("x".repeat(200)));
            outbox.add(ONE, new WorkerUpdate("failed", "so", 1, 0, 2, null, "y".repeat(200)));

            String last = outbox.oldest(2, Set.of()).getLast().body().toString();
            assertThat(last).contains("\"failed\"", "were left out here").doesNotContain("yyy");
        }
    }

    @Test
    void a_file_that_is_no_outbox_is_named_with_the_remedy() throws Exception {
        Files.writeString(
                path, "this is no database, but it is long enough to be taken for one by its size".repeat(20));

        assertThatThrownBy(() -> OutboxFile.open(path, PLENTY))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining("move it away");
    }

    @Test
    void the_queue_of_the_original_stays_as_it_is() throws Exception {
        try (Connection original = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = original.createStatement()) {
            statement.execute("CREATE TABLE fworker_queue(url TEXT, payload BLOB)");
            statement.execute("INSERT INTO fworker_queue VALUES ('/tasks/1/update', x'80')");
        }

        try (OutboxFile outbox = OutboxFile.open(path, PLENTY)) {
            assertThat(outbox.size()).isZero();
        }
    }

    private static List<String> logs(List<OutboxEntry> entries) {
        return entries.stream()
                .map(entry -> entry.body().toJsonObject().getString("log"))
                .toList();
    }
}
