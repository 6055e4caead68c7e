package io.flamenco.worker.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.worker.domain.WorkerState.Accepted;
import io.flamenco.worker.domain.WorkerState.Asleep;
import io.flamenco.worker.domain.WorkerState.Awake;
import io.flamenco.worker.domain.WorkerState.ErrorWaitedOut;
import io.flamenco.worker.domain.WorkerState.Event;
import io.flamenco.worker.domain.WorkerState.InError;
import io.flamenco.worker.domain.WorkerState.Requested;
import io.flamenco.worker.domain.WorkerState.ShuttingDown;
import io.flamenco.worker.domain.WorkerState.Starting;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WorkerStateTest {

    private static final WorkerState STARTING = new Starting();
    private static final WorkerState AWAKE = new Awake();
    private static final WorkerState ASLEEP = new Asleep();
    private static final WorkerState ERROR = new InError();
    private static final WorkerState ENDING = new ShuttingDown();

    static Stream<Arguments> steps() {
        return Stream.of(
                step(STARTING, new Accepted(), AWAKE, ""),
                step(STARTING, new ErrorWaitedOut(), STARTING, ""),
                step(STARTING, new Requested("awake"), AWAKE, "awake"),
                step(STARTING, new Requested("asleep"), ASLEEP, "asleep"),
                step(STARTING, new Requested("error"), ERROR, "error"),
                step(STARTING, new Requested("shutdown"), ENDING, ""),
                step(AWAKE, new Accepted(), AWAKE, ""),
                step(AWAKE, new ErrorWaitedOut(), AWAKE, ""),
                step(AWAKE, new Requested("awake"), AWAKE, "awake"),
                step(AWAKE, new Requested("asleep"), ASLEEP, "asleep"),
                step(AWAKE, new Requested("error"), ERROR, "error"),
                step(AWAKE, new Requested("shutdown"), ENDING, ""),
                step(AWAKE, new Requested("‘dance’"), ASLEEP, "asleep"),
                step(ASLEEP, new Accepted(), ASLEEP, "asleep"),
                step(ASLEEP, new ErrorWaitedOut(), ASLEEP, ""),
                step(ASLEEP, new Requested("awake"), AWAKE, "awake"),
                step(ASLEEP, new Requested("asleep"), ASLEEP, "asleep"),
                step(ASLEEP, new Requested("error"), ERROR, "error"),
                step(ASLEEP, new Requested("shutdown"), ENDING, ""),
                step(ERROR, new Accepted(), ERROR, "error"),
                step(ERROR, new ErrorWaitedOut(), AWAKE, "awake"),
                step(ERROR, new Requested("awake"), AWAKE, "awake"),
                step(ERROR, new Requested("asleep"), ASLEEP, "asleep"),
                step(ERROR, new Requested("error"), ERROR, "error"),
                step(ERROR, new Requested("shutdown"), ENDING, ""),
                step(ENDING, new Accepted(), ENDING, ""),
                step(ENDING, new ErrorWaitedOut(), ENDING, ""),
                step(ENDING, new Requested("awake"), ENDING, ""));
    }

    @ParameterizedTest(name = "{0} on {1}: {2}, tells \"{3}\"")
    @MethodSource("steps")
    void each_event_leads_where_it_should(WorkerState from, Event event, WorkerState to, String told) {
        WorkerState.Step step = from.on(event);

        assertThat(step.state()).isEqualTo(to);
        assertThat(step.acknowledge().orElse("")).isEqualTo(told);
    }

    @Test
    void pauses_double_up_to_a_limit_and_vary() {
        BackOff backOff = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(60));

        assertThat(backOff.pause(1, 1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backOff.pause(1, 0)).isEqualTo(Duration.ofMillis(500));
        assertThat(backOff.pause(4, 1)).isEqualTo(Duration.ofSeconds(8));
        assertThat(backOff.pause(1000, 1)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void signals_are_told_from_exit_statuses() {
        assertThat(SignalName.signal(3)).isEmpty();
        assertThat(SignalName.of(SignalName.signal(137).orElseThrow())).isEqualTo("SIGKILL");
        assertThat(SignalName.of(63)).isEqualTo("-unknown signal 63-");
        assertThat(SignalName.signal(255)).isEmpty();
    }

    private static Arguments step(WorkerState from, Event event, WorkerState to, String told) {
        return Arguments.of(from, event, to, told);
    }
}
