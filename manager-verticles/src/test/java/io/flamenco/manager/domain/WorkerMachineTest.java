package io.flamenco.manager.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.shared.status.WorkerStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WorkerMachineTest {

    @ParameterizedTest
    @EnumSource(WorkerStatus.class)
    void what_a_worker_does_itself_is_always_taken(WorkerStatus before) {
        assertThat(WorkerMachine.on(before, new WorkerEvent.SignedOn()))
                .isEqualTo(Transition.to(WorkerStatus.STARTING));
        assertThat(WorkerMachine.on(before, new WorkerEvent.SignedOff()))
                .isEqualTo(Transition.to(WorkerStatus.OFFLINE));
        assertThat(WorkerMachine.on(before, new WorkerEvent.TimedOut())).isEqualTo(Transition.to(WorkerStatus.TIMEOUT));
        assertThat(WorkerMachine.on(before, new WorkerEvent.AskedForWork()))
                .isEqualTo(Transition.to(before == WorkerStatus.TESTING ? before : WorkerStatus.AWAKE));
    }

    @ParameterizedTest
    @EnumSource(WorkerStatus.class)
    void only_a_timeout_can_be_seen_as_one(WorkerStatus before) {
        boolean moved = WorkerMachine.on(before, new WorkerEvent.TimeoutSeen()) instanceof Transition.Moved;

        assertThat(moved).isEqualTo(before == WorkerStatus.TIMEOUT);
    }

    @ParameterizedTest
    @CsvSource({
        "awake,true",
        "asleep,true",
        "testing,true",
        "error,true",
        "starting,true",
        "offline,true",
        "timeout,false",
        "shutdown,false",
        "'',false",
        "drunk,false"
    })
    void a_worker_can_take_only_statuses_that_there_are(String status, boolean taken) {
        boolean moved =
                WorkerMachine.on(WorkerStatus.AWAKE, new WorkerEvent.Acknowledged(status)) instanceof Transition.Moved;

        assertThat(moved).isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({"awake,true", "asleep,true", "shutdown,true", "offline,false", "timeout,false", "testing,false"})
    void some_statuses_can_be_requested(String status, boolean requestable) {
        assertThat(WorkerMachine.requestable(status)).isEqualTo(requestable);
    }

    @Test
    void after_a_timeout_only_what_a_worker_understands_is_wanted_of_it() {
        assertThat(WorkerMachine.wantedAfterTimeout(WorkerStatus.ASLEEP)).contains(WorkerStatus.ASLEEP);
        assertThat(WorkerMachine.wantedAfterTimeout(WorkerStatus.AWAKE)).contains(WorkerStatus.AWAKE);
        assertThat(WorkerMachine.wantedAfterTimeout(WorkerStatus.TESTING)).isEqualTo(Optional.empty());
        assertThat(WorkerMachine.wantedAfterTimeout(WorkerStatus.ERROR)).isEqualTo(Optional.empty());
    }
}
