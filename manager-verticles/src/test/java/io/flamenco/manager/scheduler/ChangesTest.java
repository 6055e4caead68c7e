package io.flamenco.manager.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.store.BlocklistRow;
import io.flamenco.manager.store.FarmChanges;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.WorkerId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChangesTest {

    private static final WorkerId WORKER = WorkerId.next();
    private static final JobId JOB = new JobId("5c0165dc494ba92dc0552a00");

    private final Changes changes = new Changes();

    private static BlocklistRow line(String since) {
        return new BlocklistRow(WORKER, JOB, "render", Instant.parse(since));
    }

    @Test
    void what_happens_to_a_line_of_the_blocklist_last_is_what_is_stored() {
        changes.unblock(line("2026-11-20T08:00:00Z"));
        changes.block(line("2026-11-22T08:00:00Z"));

        FarmChanges stored = changes.take().changes();
        assertThat(stored.blocked()).containsExactly(line("2026-11-22T08:00:00Z"));
        assertThat(stored.unblocked()).isEmpty();

        changes.block(line("2026-11-22T08:00:00Z"));
        changes.unblock(line("2026-11-20T08:00:00Z"));

        FarmChanges storedNext = changes.take().changes();
        assertThat(storedNext.blocked()).isEmpty();
        assertThat(storedNext.unblocked()).hasSize(1);
    }
}
