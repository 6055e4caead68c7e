package io.flamenco.shared.wire;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Whether a Worker may go on with its task. Original Workers accept no further key.
 *
 * @param mayKeepRunning whether it may
 * @param reason why not; empty when it may
 * @param statusRequested the status that is wanted of the Worker; empty when none is
 */
public record MayKeepRunning(
        boolean mayKeepRunning,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String reason,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String statusRequested) {

    public MayKeepRunning {
        reason = Absent.text(reason);
        statusRequested = Absent.text(statusRequested);
    }
}
