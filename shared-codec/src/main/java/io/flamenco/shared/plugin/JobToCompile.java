package io.flamenco.shared.plugin;

import io.flamenco.shared.id.JobId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a compiler knows of a job.
 *
 * @param id of the job
 * @param name for people
 * @param created when it was submitted
 * @param filesMayFollow whether files are still being copied, so that their paths may be absent
 * @param settings by name, as submitted
 * @param managerTaskTypes what the Workers of the job's Manager support together; empty when that is not known
 */
public record JobToCompile(
        JobId id,
        String name,
        Instant created,
        boolean filesMayFollow,
        Map<String, @Nullable Object> settings,
        Set<String> managerTaskTypes) {

    public JobToCompile {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        managerTaskTypes = Set.copyOf(managerTaskTypes);
    }
}
