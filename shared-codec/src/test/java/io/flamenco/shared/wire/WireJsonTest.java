package io.flamenco.shared.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UpdateId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireJsonTest {

    private static final String TASK = "5c0100000000000000000011";

    private static <T> T read(String json, Class<T> type) {
        return WireJson.read(Buffer.buffer(json), type);
    }

    @Test
    void numbers_in_settings_stay_whole_or_fractional() {
        String json = "{\"_id\":\"" + TASK + "\",\"commands\":[{\"name\":\"x\","
                + "\"settings\":{\"n\":3,\"f\":3.0,\"big\":12345678901,\"none\":null,\"t\":true,\"l\":[1,2.5]}}]}";

        String written = WireJson.write(read(json, WireTask.class)).toString();

        assertThat(written)
                .contains("\"n\":3,", "\"f\":3.0,", "\"big\":12345678901,", "\"none\":null,", "\"t\":true", "[1,2.5]");
    }

    @Test
    void a_task_leaves_out_what_is_empty_and_writes_unset_ids_as_empty_text() {
        JsonObject written = new JsonObject(WireJson.write(read("{\"_id\":\"" + TASK + "\"}", WireTask.class)));

        assertThat(written.fieldNames())
                .containsExactlyInAnyOrder(
                        "_id",
                        "job",
                        "manager",
                        "project",
                        "user",
                        "name",
                        "status",
                        "priority",
                        "job_priority",
                        "job_type",
                        "task_type",
                        "commands");
        assertThat(written.getString("job")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"5C0100000000000000000011\"", "{\"$oid\":\"5c0100000000000000000011\"}"})
    void an_id_may_be_text_or_an_oid_object(String id) {
        assertThat(read("{\"_id\":" + id + "}", WireTask.class).id()).isEqualTo(new TaskId(TASK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "null"})
    void an_empty_or_null_id_is_unset(String id) {
        assertThat(read("{\"job\":" + id + "}", WireTask.class).job()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"xyz\"", "12", "[]", "{\"oid\":1}"})
    void anything_else_is_no_id(String id) {
        assertThatThrownBy(() -> read("{\"job\":" + id + "}", WireTask.class)).isInstanceOf(WireJsonException.class);
    }

    @Test
    void keys_match_whatever_their_case_and_unknown_ones_are_ignored() {
        Registration registration = read("{\"NickName\":\"a\",\"Secret\":\"s\",\"unheard_of\":{}}", Registration.class);

        assertThat(registration).isEqualTo(new Registration("s", "", List.of(), "a"));
    }

    @Test
    void only_the_first_value_counts_and_null_is_an_empty_document() {
        assertThat(read("{\"nickname\":\"a\"} and more", SignOn.class)).isEqualTo(new SignOn(List.of(), "a"));
        assertThat(read("null", SignOn.class)).isEqualTo(new SignOn(List.of(), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{", "[]", "{\"current_command_idx\":12.5}", "{\"current_command_idx\":\"1\"}"})
    void what_does_not_fit_is_refused(String json) {
        assertThatThrownBy(() -> read(json, WorkerUpdate.class)).isInstanceOf(WireJsonException.class);
    }

    @Test
    void nesting_deep_enough_to_break_a_parser_is_refused() {
        String json = "{\"commands\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThatThrownBy(() -> read(json, WireTask.class)).isInstanceOf(WireJsonException.class);
    }

    @Test
    void an_update_carries_the_command_index_under_both_keys_and_no_null() {
        TaskUpdate update = new TaskUpdate(
                new UpdateId("5c0100000000000000000020"),
                new TaskId(TASK),
                "",
                Instant.parse("2026-11-21T23:42:00.896Z"),
                "",
                20,
                1,
                1,
                30,
                "",
                "",
                List.of(),
                null);

        assertThat(WireJson.write(update))
                .hasToString("{\"_id\":\"5c0100000000000000000020\",\"task_id\":\"" + TASK
                        + "\",\"received_on_manager\":\"2026-11-21T23:42:00.896Z\",\"task_progress_percentage\":20,"
                        + "\"current_command_idx\":1,\"current_command_index\":1,\"command_progress_percentage\":30,"
                        + "\"worker\":\"\"}");
    }

    @Test
    void may_keep_running_has_no_key_that_an_original_worker_does_not_know() {
        assertThat(WireJson.write(new MayKeepRunning(true, "", ""))).hasToString("{\"may_keep_running\":true}");
    }

    @Test
    void a_document_survives_the_way_through_a_tree() {
        TaskCommand command = new TaskCommand("sleep", Map.of("time_in_seconds", 2));
        WireTask task = read("{\"_id\":\"" + TASK + "\",\"job\":\"" + TASK + "\"}", WireTask.class);

        assertThat(WireJson.fromJson(WireJson.toJson(command), TaskCommand.class))
                .isEqualTo(command);
        assertThat(WireJson.fromJson(WireJson.toJson(task), WireTask.class)).isEqualTo(task);
        assertThat(task.job()).isEqualTo(new JobId(TASK));
    }
}
