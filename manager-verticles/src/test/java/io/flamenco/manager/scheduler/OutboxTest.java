package io.flamenco.manager.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.scheduler.Outbox.News;
import io.flamenco.manager.store.FarmChanges;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UpdateId;
import io.flamenco.shared.wire.TaskUpdate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final Instant now = Instant.parse("2026-11-22T08:00:00Z");
    private final Changes changes = new Changes();
    private final Outbox outbox = new Outbox(changes);

    @Test
    void what_the_server_has_handled_in_order_is_one_number_and_no_write_of_a_task() {
        List<TaskEntry> tasks = Stream.generate(this::completed).limit(100).toList();
        changes.take();

        outbox.answered(ids(), ids(), now);

        FarmChanges written = changes.take().changes();
        assertThat(written.confirmedUpTo()).isEqualTo(100);
        assertThat(written.tasks()).isEmpty();
        assertThat(tasks).allSatisfy(task -> assertThat(task.outbox).isEmpty());
        assertThat(outbox.waiting()).isZero();
    }

    @Test
    void what_is_handled_while_something_before_it_is_left_is_taken_out_of_its_task() {
        // Given
        TaskEntry left = completed();
        TaskEntry handled = completed();
        List<UpdateId> sent = ids();
        changes.take();

        // When
        outbox.answered(sent, sent.subList(1, 2), now);

        // Then
        FarmChanges written = changes.take().changes();
        assertThat(written.confirmedUpTo()).isZero();
        assertThat(written.tasks()).singleElement().satisfies(change -> {
            assertThat(change.row().id()).isEqualTo(handled.id);
            assertThat(change.row().outbox()).isEmpty();
        });
        assertThat(left.outbox).hasSize(1);

        // When
        outbox.answered(ids(), ids(), now);

        // Then
        assertThat(changes.take().changes().confirmedUpTo()).isEqualTo(2);
    }

    @Test
    void after_a_restart_numbers_go_on_behind_what_was_confirmed() {
        outbox.restoreConfirmed(41);

        TaskEntry task = completed();

        assertThat(task.outbox.getFirst().number).isEqualTo(42);
        assertThat(outbox.confirmedUpTo()).isEqualTo(41);
    }

    @Test
    void an_update_that_was_stored_without_a_number_is_taken_out_of_its_task() {
        TaskEntry task = new TaskEntry(TaskId.next());
        PendingUpdate old = new PendingUpdate(0, update(task.id));
        task.addToOutbox(old);
        outbox.restore(old, task);

        outbox.answered(ids(), ids(), now);

        assertThat(changes.take().changes().tasks()).hasSize(1);
    }

    private TaskEntry completed() {
        TaskEntry task = new TaskEntry(TaskId.next());
        outbox.add(task, News.status("completed"), now);
        changes.store(task);
        return task;
    }

    private List<UpdateId> ids() {
        return outbox.batch(0, Long.MAX_VALUE).stream().map(TaskUpdate::id).toList();
    }

    private TaskUpdate update(TaskId task) {
        return new TaskUpdate(UpdateId.next(), task, "completed", now, "", 0, 0, 0, 0, "", "", List.of(), null);
    }
}
