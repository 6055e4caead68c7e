package io.flamenco.manager.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.domain.TaskEvent.Outcome;
import io.flamenco.manager.domain.TaskState.Active;
import io.flamenco.manager.domain.TaskState.CancelRequested;
import io.flamenco.manager.domain.TaskState.Ended;
import io.flamenco.manager.domain.TaskState.Foreign;
import io.flamenco.manager.domain.TaskState.Waiting;
import io.flamenco.shared.id.WorkerId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TaskMachineTest {

    private static final WorkerId OURS = new WorkerId("aaaaaaaaaaaaaaaaaaaaaaaa");
    private static final WorkerId OTHER = new WorkerId("bbbbbbbbbbbbbbbbbbbbbbbb");

    private static final List<TaskState> STATES = List.of(
            Waiting.QUEUED,
            Waiting.CLAIMED,
            Waiting.SOFT_FAILED,
            new Active(OURS),
            new Active(null),
            new CancelRequested(OURS),
            new CancelRequested(null),
            Ended.CANCELED,
            Ended.COMPLETED,
            Ended.FAILED,
            new Foreign("paused"));

    /** One column per state in the order above; {@code -} is a refusal. */
    private static final String TABLE = """
            assigned      | active active active active - - - - - - -
            assigned-else | active active active - - - - - - - -
            running       | - - - active active - - - - - -
            completed     | - - - completed completed completed completed - - - -
            soft-failed   | - - - soft-failed soft-failed failed failed - - - -
            failed        | - - - failed failed failed failed - - - -
            canceled      | - - - canceled canceled canceled canceled - - - -
            other-reports | - - - - active - - - - - -
            returned      | - - - claimed-by-manager claimed-by-manager canceled canceled - - - -
            other-returns | - - - - claimed-by-manager - canceled - - - -
            cancel-wanted | canceled canceled canceled cancel-requested cancel-requested - - - - - canceled
            stop-overdue  | - - - - - canceled canceled - - - -
            timed-out     | - - - failed claimed-by-manager canceled canceled - - - -
            given-up      | - - failed - - - - - - - -
            dl-claimed    | claimed-by-manager claimed-by-manager claimed-by-manager - - - - claimed-by-manager claimed-by-manager claimed-by-manager claimed-by-manager
            dl-cancel     | canceled canceled canceled cancel-requested cancel-requested - - canceled canceled canceled canceled
            dl-canceled   | canceled canceled canceled cancel-requested cancel-requested - - canceled canceled canceled canceled
            dl-paused     | paused paused paused - - - - paused paused paused paused
            """;

    private static Map<String, TaskEvent> events() {
        Map<String, TaskEvent> events = new LinkedHashMap<>();
        events.put("assigned", new TaskEvent.Assigned(OURS));
        events.put("assigned-else", new TaskEvent.Assigned(OTHER));
        events.put("running", new TaskEvent.Reported(OURS, Outcome.RUNNING));
        events.put("completed", new TaskEvent.Reported(OURS, Outcome.COMPLETED));
        events.put("soft-failed", new TaskEvent.Reported(OURS, Outcome.SOFT_FAILED));
        events.put("failed", new TaskEvent.Reported(OURS, Outcome.FAILED));
        events.put("canceled", new TaskEvent.Reported(OURS, Outcome.CANCELED));
        events.put("other-reports", new TaskEvent.Reported(OTHER, Outcome.RUNNING));
        events.put("returned", new TaskEvent.Returned(OURS));
        events.put("other-returns", new TaskEvent.Returned(OTHER));
        events.put("cancel-wanted", new TaskEvent.CancelWanted());
        events.put("stop-overdue", new TaskEvent.StopOverdue());
        events.put("timed-out", new TaskEvent.TimedOut());
        events.put("given-up", new TaskEvent.GivenUp());
        events.put("dl-claimed", new TaskEvent.Downloaded("claimed-by-manager"));
        events.put("dl-cancel", new TaskEvent.Downloaded("cancel-requested"));
        events.put("dl-canceled", new TaskEvent.Downloaded("canceled"));
        events.put("dl-paused", new TaskEvent.Downloaded("paused"));
        return events;
    }

    private static Stream<Arguments> cells() {
        List<Arguments> cells = new ArrayList<>();
        for (String line : TABLE.strip().split("\n")) {
            String[] parts = line.split("\\|");
            String[] expected = parts[1].strip().split(" ");
            assertThat(expected).as(line).hasSize(STATES.size());
            for (int i = 0; i < expected.length; i++) {
                cells.add(Arguments.of(STATES.get(i), parts[0].strip(), expected[i]));
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{0} on {1} becomes {2}")
    @MethodSource("cells")
    void every_event_has_its_effect_on_every_state(TaskState state, String event, String expected) {
        Transition<TaskState> transition = TaskMachine.on(state, Objects.requireNonNull(events().get(event)));

        if (expected.equals("-")) {
            assertThat(transition)
                    .isInstanceOfSatisfying(
                            Transition.Refused.class,
                            refused -> assertThat(refused.reason()).isNotBlank());
        } else {
            assertThat(((Transition.Moved<TaskState>) transition).state().wire())
                    .isEqualTo(expected);
        }
    }

    @Test
    void the_table_knows_every_event() {
        assertThat(TABLE.lines().map(line -> line.split("\\|")[0].strip()))
                .containsExactlyElementsOf(events().keySet());
    }

    @Test
    void an_active_task_belongs_to_the_worker_that_was_given_it() {
        assertThat(TaskMachine.on(Waiting.QUEUED, new TaskEvent.Assigned(OURS)))
                .isEqualTo(Transition.to(new Active(OURS)));
        assertThat(TaskMachine.on(new Active(null), new TaskEvent.Reported(OURS, Outcome.RUNNING)))
                .isEqualTo(Transition.to(new Active(OURS)));
    }
}
