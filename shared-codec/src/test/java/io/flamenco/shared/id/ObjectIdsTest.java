package io.flamenco.shared.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ObjectIdsTest {

    @Test
    void ids_made_one_after_another_sort_in_that_order() {
        List<TaskId> made = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            made.add(TaskId.next());
        }

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void ids_made_by_many_threads_at_once_differ() {
        List<String> made = IntStream.range(0, 50_000)
                .parallel()
                .mapToObj(i -> ObjectIds.next())
                .toList();

        assertThat(new HashSet<>(made)).hasSize(50_000);
        assertThat(made).allMatch(ObjectIds::isValid);
    }

    @Test
    void upper_case_digits_are_lowered() {
        assertThat(new JobId("5C0100000000000000000ABC").hex()).isEqualTo("5c0100000000000000000abc");
    }

    @Test
    void what_is_no_id_is_refused_by_a_sentence_that_shows_it_and_its_kind() {
        assertThatThrownBy(() -> new WorkerId("not-an-id"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"not-an-id\"")
                .hasMessageContaining("Worker");
        assertThatThrownBy(() -> new TaskId("5c010000000000000000001")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TaskId("5c01000000000000000000zz")).isInstanceOf(IllegalArgumentException.class);
    }
}
