package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.date;
import static io.flamenco.mongo.Bson.hex;
import static io.flamenco.mongo.Bson.instant;
import static io.flamenco.mongo.Bson.oid;

import io.flamenco.mongo.FarmDatabase;
import io.flamenco.server.domain.JobMachine;
import io.flamenco.server.domain.JobState;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.status.JobStatus;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The jobs. */
public final class Jobs {

    static final String COLLECTION = "flamenco_jobs";

    private static final JsonObject WITHOUT_SETTINGS = new JsonObject().put("settings", 0);
    private static final int ALL = FindOptions.DEFAULT_LIMIT;

    private final MongoClient mongo;

    public Jobs(FarmDatabase database) {
        this.mongo = database.client();
    }

    /** Makes the indexes; harmless when they exist. */
    public Future<Void> prepare() {
        return Indexes.make(
                mongo,
                COLLECTION,
                List.of(
                        new JsonObject().put("manager", 1).put("status", 1),
                        new JsonObject().put("status", 1).put("_id", 1),
                        new JsonObject().put("_updated", 1),
                        new JsonObject().put("name", 1),
                        new JsonObject().put("priority", 1),
                        new JsonObject().put("idempotency_key", 1)));
    }

    /** Stores a job without tasks. */
    public Future<Void> insert(NewJob job) {
        return mongo.insert(COLLECTION, JobDocuments.document(job)).mapEmpty();
    }

    /** The job; empty when there is none. */
    public Future<Optional<StoredJob>> find(JobId id) {
        return mongo.findOne(COLLECTION, byId(id), null)
                .map(document -> Optional.ofNullable(document).map(JobDocuments::job));
    }

    /** A job that was submitted under that key, with the digest of the submission. */
    public Future<Optional<Submitted>> findByKey(String idempotencyKey) {
        return mongo.findOne(COLLECTION, new JsonObject().put("idempotency_key", idempotencyKey), null)
                .map(document -> Optional.ofNullable(document)
                        .map(found -> new Submitted(JobDocuments.job(found), found.getString("request_digest", ""))));
    }

    /** A job and the digest of the request that submitted it. */
    public record Submitted(StoredJob job, String requestDigest) {}

    /** Those of the jobs that exist, without their settings. */
    public Future<List<StoredJob>> find(Collection<JobId> ids) {
        JsonArray list = new JsonArray();
        ids.forEach(id -> list.add(oid(id.hex())));
        return ids.isEmpty()
                ? Future.succeededFuture(List.of())
                : jobs(new JsonObject().put("_id", new JsonObject().put("$in", list)), new FindOptions());
    }

    /** Some of the jobs whose ids begin so, without their settings. */
    public Future<List<StoredJob>> beginningWith(String beginning, int limit) {
        return jobs(IdRange.query(beginning), new FindOptions().setLimit(limit));
    }

    /**
     * One page of jobs, without their settings.
     *
     * @param after where the page before ended; empty for the first page
     * @param limit how many at most
     */
    public Future<List<StoredJob>> page(
            JobQuery wanted, JobSort sort, boolean descending, Optional<PageMark> after, int limit) {
        Sorting sorting = sort.sorting(descending);
        FindOptions options = new FindOptions().setSort(sorting.fields()).setLimit(limit);
        return jobs(sorting.behind(wanted.toQuery(), after), options);
    }

    /** How many jobs there are of the kind. */
    public Future<Long> count(JobQuery wanted) {
        return mongo.count(COLLECTION, wanted.toQuery());
    }

    /** The jobs whose tasks that Manager may fetch, without their settings. */
    public Future<List<StoredJob>> runnable(ManagerId manager) {
        JsonObject query = new JsonObject()
                .put("manager", oid(manager.hex()))
                .put("status", in(List.of(JobStatus.QUEUED, JobStatus.ACTIVE, JobStatus.CANCEL_REQUESTED)));
        return jobs(query, new FindOptions());
    }

    /** All jobs of a status, without their settings. */
    public Future<List<StoredJob>> of(JobStatus status) {
        return jobs(new JsonObject().put("status", status.wire()), new FindOptions());
    }

    /** Jobs of which a deletion has begun. */
    public Future<List<JobId>> beingRemoved() {
        return ids(new JsonObject().put("removing", true));
    }

    /** Notes that the job is going to be removed, so that a crash on the way leaves no half of it. */
    public Future<Void> markRemoving(JobId id) {
        return bulk(List.of(update(id, new JsonObject().put("removing", true))));
    }

    /** Jobs whose counts may lag behind their tasks, because a Server ended while they were being changed. */
    public Future<List<StoredJob>> unsettled() {
        return jobs(new JsonObject().put("unsettled", true), new FindOptions());
    }

    /** The moment of the latest change of any job; the beginning of time when there is none. */
    public Future<Instant> latestChange() {
        FindOptions latest = new FindOptions()
                .setSort(new JsonObject().put("_updated", -1))
                .setFields(new JsonObject().put("_updated", 1))
                .setLimit(1);
        return mongo.findWithOptions(COLLECTION, new JsonObject(), latest)
                .map(found -> found.isEmpty()
                        ? Instant.EPOCH
                        : instant(found.getFirst().getValue("_updated")));
    }

    /**
     * Stores how jobs are.
     *
     * @param underWay whether their tasks are being changed right now, so that counts must be checked after a crash
     * @param released which of them have tasks that their Manager shall see all at once
     */
    public Future<Void> write(Collection<JobState> states, boolean underWay, Collection<JobId> released, Instant now) {
        List<BulkOperation> updates = new ArrayList<>();
        for (JobState state : states) {
            JsonObject fields =
                    JobDocuments.fields(state, now).put("unsettled", underWay || !JobMachine.settled(state));
            if (released.contains(state.id())) {
                fields.put("released", date(now));
            }
            updates.add(update(state.id(), fields));
        }
        return bulk(updates);
    }

    /** Marks jobs as being changed, before their tasks are. */
    public Future<Void> unsettle(Collection<JobId> ids) {
        return bulk(ids.stream()
                .map(id -> update(id, new JsonObject().put("unsettled", true)))
                .toList());
    }

    /** Makes a job's tasks visible to its Manager, all at once. */
    public Future<Void> release(JobState state, boolean settled, Instant now) {
        return bulk(List.of(update(
                state.id(),
                JobDocuments.fields(state, now).put("released", date(now)).put("unsettled", !settled))));
    }

    /** Gives a job, and thereby its tasks, another priority. */
    public Future<Void> prioritise(JobId id, int priority, Instant now) {
        return bulk(List.of(update(
                id,
                new JsonObject()
                        .put("priority", priority)
                        .put("released", date(now))
                        .put("_updated", date(now)))));
    }

    /** Remembers which status the job had before it was taken to the archive. */
    public Future<Void> rememberStatus(JobId id, JobStatus before) {
        return bulk(List.of(update(id, new JsonObject().put("pre_archive_status", before.wire()))));
    }

    /** Remembers the file that the job's archive is kept in. */
    public Future<Void> rememberArchive(JobId id, String file) {
        return bulk(List.of(update(id, new JsonObject().put("archive_blob_name", file))));
    }

    /** The file that the job's archive is kept in, which is whole; empty before. */
    public Future<Optional<String>> archive(JobId id) {
        return mongo.findOne(COLLECTION, byId(id), new JsonObject().put("archive_blob_name", 1))
                .map(found -> Optional.ofNullable(found).map(job -> job.getString("archive_blob_name")));
    }

    /** Notes that a job is being restored from its archive. */
    public Future<Void> markRestoring(JobId id) {
        return bulk(List.of(update(id, new JsonObject().put("restoring", true))));
    }

    /** Notes that a job is no longer being restored. */
    public Future<Void> unmarkRestoring(JobId id) {
        return bulk(List.of(update(id, new JsonObject().put("restoring", false))));
    }

    /** Stores a job that was restored, and forgets that it was ever in the archive. */
    public Future<Void> leaveArchive(JobState state, Instant now) {
        JsonObject unset = new JsonObject()
                .put("restoring", "")
                .put("archive_blob_name", "")
                .put("pre_archive_status", "");
        JsonObject set = JobDocuments.fields(state, now).put("unsettled", !JobMachine.settled(state));
        return mongo.updateCollection(
                        COLLECTION,
                        byId(state.id()),
                        new JsonObject().put("$set", set).put("$unset", unset))
                .mapEmpty();
    }

    /** Jobs whose restoration has begun. */
    public Future<List<JobId>> beingRestored() {
        return ids(new JsonObject()
                .put("status", JobStatus.UNDER_CONSTRUCTION.wire())
                .put("restoring", true));
    }

    /** Jobs that are being compiled, not those that are being restored. */
    public Future<List<JobId>> beingCompiled() {
        return ids(new JsonObject()
                .put("status", JobStatus.UNDER_CONSTRUCTION.wire())
                .put("restoring", new JsonObject().put("$ne", true)));
    }

    /** Some of the jobs of a status that did not change since a moment, in no order. */
    public Future<List<JobId>> untouchedSince(JobStatus status, Instant moment, int limit) {
        JsonObject query = new JsonObject()
                .put("status", status.wire())
                .put("_updated", new JsonObject().put("$lt", date(moment)));
        return ids(query, limit);
    }

    /** Stores other settings. */
    public Future<Void> writeSettings(JobId id, String settings, Instant now) {
        return bulk(
                List.of(update(id, new JsonObject().put("settings", settings).put("_updated", date(now)))));
    }

    /** Removes the job's own document. */
    public Future<Void> remove(JobId id) {
        return mongo.removeDocument(COLLECTION, byId(id)).mapEmpty();
    }

    private Future<Void> bulk(List<BulkOperation> operations) {
        return operations.isEmpty()
                ? Future.succeededFuture()
                : mongo.bulkWrite(COLLECTION, operations).mapEmpty();
    }

    private static BulkOperation update(JobId id, JsonObject fields) {
        return BulkOperation.createUpdate(byId(id), new JsonObject().put("$set", fields));
    }

    private Future<List<JobId>> ids(JsonObject query) {
        return ids(query, ALL);
    }

    private Future<List<JobId>> ids(JsonObject query, int limit) {
        FindOptions onlyIds =
                new FindOptions().setFields(new JsonObject().put("_id", 1)).setLimit(limit);
        return mongo.findWithOptions(COLLECTION, query, onlyIds)
                .map(found -> found.stream()
                        .map(document -> new JobId(hex(document.getValue("_id"))))
                        .toList());
    }

    private Future<List<StoredJob>> jobs(JsonObject query, FindOptions options) {
        return mongo.findWithOptions(COLLECTION, query, options.setFields(WITHOUT_SETTINGS))
                .map(found -> found.stream().map(JobDocuments::job).toList());
    }

    private static JsonObject byId(JobId id) {
        return new JsonObject().put("_id", oid(id.hex()));
    }

    private static JsonObject in(List<JobStatus> statuses) {
        JsonArray list = new JsonArray();
        statuses.forEach(status -> list.add(status.wire()));
        return new JsonObject().put("$in", list);
    }
}
