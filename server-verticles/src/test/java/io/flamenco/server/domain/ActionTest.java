package io.flamenco.server.domain;

import static io.flamenco.server.domain.Action.CHANGE_ALL_JOBS;
import static io.flamenco.server.domain.Action.CHANGE_OWN_JOBS;
import static io.flamenco.server.domain.Action.ORDER_WORKERS;
import static io.flamenco.server.domain.Action.OWN_ACCOUNT;
import static io.flamenco.server.domain.Action.READ;
import static io.flamenco.server.domain.Action.SUBMIT_JOBS;
import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.shared.people.FarmRole;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ActionTest {

    private static Set<Action> of(FarmRole role) {
        return Arrays.stream(Action.values())
                .filter(action -> action.allowedTo(role))
                .collect(Collectors.toSet());
    }

    @Test
    void each_role_may_do_just_this() {
        assertThat(of(FarmRole.VIEWER)).containsExactlyInAnyOrder(READ, OWN_ACCOUNT);
        assertThat(of(FarmRole.ARTIST)).containsExactlyInAnyOrder(READ, OWN_ACCOUNT, SUBMIT_JOBS, CHANGE_OWN_JOBS);
        assertThat(of(FarmRole.WRANGLER))
                .containsExactlyInAnyOrder(
                        READ, OWN_ACCOUNT, SUBMIT_JOBS, CHANGE_OWN_JOBS, CHANGE_ALL_JOBS, ORDER_WORKERS);
        assertThat(of(FarmRole.ADMIN)).isEqualTo(EnumSet.allOf(Action.class));
    }

    @Test
    void a_role_is_known_by_its_name() {
        for (FarmRole role : FarmRole.values()) {
            assertThat(FarmRole.parse(role.word())).contains(role);
        }
        assertThat(FarmRole.parse("ADMIN")).isEmpty();
    }
}
