package io.flamenco.worker.session;

import java.util.List;
import java.util.Optional;

/**
 * How the Worker introduces itself to its Manager.
 *
 * @param platform the name of its system in the protocol
 * @param taskTypes what it can run
 * @param nickname for people
 * @param sharedSecret what the Manager demands of new Workers; empty when it demands nothing
 */
public record Introduction(String platform, List<String> taskTypes, String nickname, Optional<String> sharedSecret) {

    public Introduction {
        taskTypes = List.copyOf(taskTypes);
    }
}
