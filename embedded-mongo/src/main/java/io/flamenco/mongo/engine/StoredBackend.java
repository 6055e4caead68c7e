package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.bson.Document;
import io.flamenco.mongo.storage.Storage;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All databases of one {@link Storage}. */
public final class StoredBackend extends AbstractMongoBackend {
    private static final Logger LOG = LoggerFactory.getLogger(StoredBackend.class);
    private static final int EXPIRE_AT_ONCE = 1000;

    private final Engine engine;
    private final Set<String> databases = new TreeSet<>();

    /** Opens every database that the storage holds. */
    public StoredBackend(Storage storage, Clock clock) {
        super(clock);
        this.engine = new Engine(storage, getCursorRegistry());
        storage.names().stream()
                .filter(map -> map.startsWith(StoredDatabase.DOCUMENTS_PREFIX))
                .map(map -> map.substring(StoredDatabase.DOCUMENTS_PREFIX.length(), map.indexOf('.')))
                .distinct()
                .forEach(this::resolveDatabase);
    }

    /** How many documents were looked at so far to answer queries and find what to change. */
    public long documentsExamined() {
        return engine.examined().get();
    }

    /**
     * Removes documents that an index lets expire, some of them per call.
     *
     * @return whether there may be more to remove
     */
    public boolean expire(Instant now) {
        return databases.stream()
                .map(name -> (StoredDatabase) resolveDatabase(name))
                .flatMap(database ->
                        database.expiringIndexes().toList().stream().map(index -> expire(database, index, now)))
                .reduce(false, Boolean::logicalOr);
    }

    private static boolean expire(StoredDatabase database, Document index, Instant now) {
        var seconds = ((Number) Objects.requireNonNull(index.get("expireAfterSeconds"))).longValue();
        var keys = (Document) Objects.requireNonNull(index.get("key"));
        var name = database.collectionNameOf(index);
        var collection = database.collection(name);
        if (keys.size() != 1 || collection == null) {
            return false;
        }
        var past = new Document(keys.keySet().iterator().next(), new Document("$lt", now.minusSeconds(seconds)));
        int removed = collection.deleteDocuments(past, EXPIRE_AT_ONCE);
        if (removed > 0) {
            LOG.debug("expired documents={} collection={}", removed, name);
        }
        return removed == EXPIRE_AT_ONCE;
    }

    /** Closes cursors that were not read for long. */
    public void closeIdleCursors() {
        engine.cursors().closeIdle();
    }

    /** What MongoDB reports of itself, with the number of documents examined where it has it. */
    @Override
    public Document getServerStatus() {
        var status = super.getServerStatus();
        var metrics = Optional.ofNullable((Document) status.get("metrics")).orElseGet(Document::new);
        metrics.put("queryExecutor", new Document("scannedObjects", documentsExamined()));
        status.put("metrics", metrics);
        return status;
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        databases.add(name);
        return new StoredDatabase(name, engine);
    }

    @Override
    public void dropDatabase(String name) {
        super.dropDatabase(name);
        databases.remove(name);
    }

    @Override
    public String toString() {
        return "embedded database";
    }
}
