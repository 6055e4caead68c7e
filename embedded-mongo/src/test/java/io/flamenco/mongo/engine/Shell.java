package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.bson.Document;
import io.flamenco.mongo.storage.Storage;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/** Gives commands to a backend without a network between. */
final class Shell implements AutoCloseable {
    private final Storage storage;
    private final StoredBackend backend;
    private final EmbeddedChannel client = new EmbeddedChannel();

    Shell() {
        this(Storage.inMemory());
    }

    Shell(Storage storage) {
        this.storage = storage;
        this.backend = new StoredBackend(storage, Clock.systemUTC());
    }

    StoredBackend backend() {
        return backend;
    }

    Document run(Document command) {
        var answer = backend.handleCommand(
                client, "test", command.keySet().iterator().next(), command.cloneDeeply());
        if (answer.get("writeErrors") instanceof List<?> errors) {
            throw new AssertionError(errors.toString());
        }
        return answer;
    }

    void insert(String collection, Document... documents) {
        run(new Document("insert", collection).append("documents", List.of(documents)));
    }

    void createIndex(String collection, Document keys, boolean unique) {
        var name = keys.toString(true, "", "").replaceAll("[^a-z0-9_.-]+", "_");
        var index = new Document("key", keys).append("name", name).append("unique", unique);
        run(new Document("createIndexes", collection).append("indexes", List.of(index)));
    }

    @SuppressWarnings("unchecked")
    List<Document> find(Document command) {
        var cursor = (Document) Objects.requireNonNull(run(command).get("cursor"));
        return (List<Document>) Objects.requireNonNull(cursor.get("firstBatch"));
    }

    int count(String collection, Document query) {
        return (Integer) Objects.requireNonNull(
                run(new Document("count", collection).append("query", query)).get("n"));
    }

    /** How many documents are looked at while {@code action} runs. */
    long examinedBy(Runnable action) {
        long before = backend.documentsExamined();
        action.run();
        return backend.documentsExamined() - before;
    }

    @Override
    public void close() {
        storage.close();
    }
}
