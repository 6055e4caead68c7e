package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.date;
import static io.flamenco.mongo.Bson.oid;

import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ProjectId;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.status.JobStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which jobs to list; what is empty does not narrow.
 *
 * @param nameContains a part of the name, in upper or lower case
 * @param updatedSince changed at that moment or later
 * @param updatedBefore not changed since that moment
 */
public record JobQuery(
        Set<JobStatus> statuses,
        String nameContains,
        Optional<ManagerId> manager,
        Optional<UserId> user,
        Optional<ProjectId> project,
        Set<String> jobTypes,
        Optional<Instant> updatedSince,
        Optional<Instant> updatedBefore) {

    /** Which all jobs match. */
    public static final JobQuery ALL = new JobQuery(
            Set.of(),
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.empty());

    /** Which all jobs of a project match. */
    public static JobQuery of(ProjectId project) {
        return new JobQuery(
                Set.of(),
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.of(project),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    public JobQuery {
        statuses = Set.copyOf(statuses);
        jobTypes = Set.copyOf(jobTypes);
    }

    JsonObject toQuery() {
        JsonObject query = new JsonObject();
        if (!statuses.isEmpty()) {
            JsonArray wanted = new JsonArray();
            statuses.forEach(status -> wanted.add(status.wire()));
            query.put("status", new JsonObject().put("$in", wanted));
        }
        if (!nameContains.isEmpty()) {
            query.put("name", containing(nameContains));
        }
        if (!jobTypes.isEmpty()) {
            JsonArray wanted = new JsonArray();
            jobTypes.forEach(wanted::add);
            query.put("job_type", new JsonObject().put("$in", wanted));
        }
        manager.ifPresent(id -> query.put("manager", oid(id.hex())));
        project.ifPresent(id -> query.put("project", oid(id.hex())));
        user.ifPresent(id -> query.put("user", oid(id.hex())));
        JsonObject updated = new JsonObject();
        updatedSince.ifPresent(moment -> updated.put("$gte", date(moment)));
        updatedBefore.ifPresent(moment -> updated.put("$lt", date(moment)));
        return updated.isEmpty() ? query : query.put("_updated", updated);
    }

    static JsonObject containing(String part) {
        return new JsonObject().put("$regex", Pattern.quote(part)).put("$options", "i");
    }
}
