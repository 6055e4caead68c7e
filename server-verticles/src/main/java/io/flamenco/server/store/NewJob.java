package io.flamenco.server.store;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ProjectId;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.status.JobStatus;
import java.time.Instant;

/**
 * A job that is about to be stored.
 *
 * @param settings as a JSON object
 * @param idempotencyKey what the submitter named the submission; empty when not
 * @param requestDigest tells another submission of the same key from a repetition
 */
public record NewJob(
        JobId id,
        String name,
        String jobType,
        String description,
        ProjectId project,
        UserId user,
        ManagerId manager,
        int priority,
        String settings,
        boolean startPaused,
        JobStatus status,
        String reason,
        String idempotencyKey,
        String requestDigest,
        Instant created) {}
