package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.IndexNotFoundException;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A database whose collections and indexes are maps of a storage: {@code d:<database>.<collection>} for documents,
 * {@code i:<database>.<collection>:<index>} for an index, and {@value #MULTIPLES} for the names of indexes that hold arrays.
 */
final class StoredDatabase extends AbstractMongoDatabase<Key> {
    static final String DOCUMENTS_PREFIX = "d:";
    private static final String INDEX_PREFIX = "i:";
    private static final String MULTIPLES = "multiples";
    private static final int BATCH_UNLESS_TOLD = 1_000_000;
    private static final Set<String> KNOWN_INDEX_OPTIONS =
            Set.of("key", "name", "ns", "v", "unique", "sparse", "background", "expireAfterSeconds", "hidden");

    private final Engine engine;
    private final Statements statements = new Statements(this);

    StoredDatabase(String name, Engine engine) {
        super(name, engine.registry());
        this.engine = engine;
        initializeNamespacesAndIndexes();
    }

    @Override
    public Document handleCommand(
            Channel channel, String command, Document query, DatabaseResolver databases, Oplog oplog) {
        refuseCollation(query);
        return switch (command.toLowerCase(Locale.ROOT)) {
            case "insert" -> statements.insert(query);
            case "update" -> statements.update(query, oplog);
            case "delete" -> statements.delete(query, oplog);
            case "dropindexes" -> dropIndexes(query);
            case "find" -> {
                query.putIfAbsent("batchSize", BATCH_UNLESS_TOLD);
                yield super.handleCommand(channel, command, query, databases, oplog);
            }
            case "aggregate" ->
                new Pipeline(query, databases, this, oplog)
                        .answer()
                        .orElseGet(() -> super.handleCommand(channel, command, query, databases, oplog));
            default -> super.handleCommand(channel, command, query, databases, oplog);
        };
    }

    private static void refuseCollation(Document query) {
        if (query.get("collation") instanceof Document collation && !"simple".equals(collation.get("locale"))) {
            throw new MongoServerError(
                    72,
                    "InvalidOptions",
                    "The embedded database knows no collations: it compares strings by their bytes");
        }
    }

    /** The collection of this name, or {@code null}. */
    @Nullable
    IndexedCollection collection(String name) {
        return (IndexedCollection) resolveCollection(name, false);
    }

    /** The collection whose documents a client wants to change, or {@code null} when it is missing and not to be made. */
    @Nullable
    IndexedCollection collectionToChange(String name, boolean makeIfMissing) {
        if (name.startsWith("system.")) {
            throw new MongoServerError(73, "InvalidNamespace", "The collection " + name + " is the database's own");
        }
        return makeIfMissing ? (IndexedCollection) resolveOrCreateCollection(name) : collection(name);
    }

    /** The descriptions of all indexes whose documents expire. */
    Stream<Document> expiringIndexes() {
        var descriptions = indexes.get();
        return descriptions == null
                ? Stream.empty()
                : descriptions.queryAllAsStream().filter(index -> index.containsKey("expireAfterSeconds"));
    }

    String collectionNameOf(Document indexDescription) {
        return String.valueOf(indexDescription.get("ns"))
                .substring(getDatabaseName().length() + 1);
    }

    // ---- collections

    @Override
    protected MongoCollection<Key> openOrCreateCollection(String name, CollectionOptions options) {
        var documents = engine.storage().map(documentsOf(name));
        return new IndexedCollection(this, name, options, documents, engine);
    }

    @Override
    public void dropCollection(String name, Oplog oplog) {
        super.dropCollection(name, oplog);
        engine.storage().drop(documentsOf(name));
    }

    @Override
    public void moveCollection(MongoDatabase from, MongoCollection<?> collection, String newName) {
        throw new MongoServerError(
                20, "IllegalOperation", "The embedded database can't rename collections: copy the documents instead");
    }

    private String documentsOf(String collection) {
        return DOCUMENTS_PREFIX + getFullCollectionNamespace(collection);
    }

    // ---- indexes

    @Override
    protected void addIndex(Document description) {
        var collection = collectionNameOf(description);
        refuseUnknownOptions(description);
        try {
            super.addIndex(description);
        } catch (MongoServerError e) {
            if (!isDescribed(collection, String.valueOf(description.get("name")))) {
                engine.storage().drop(indexMap(collection, String.valueOf(description.get("name"))));
            }
            throw e;
        }
    }

    private static void refuseUnknownOptions(Document description) {
        for (var option : description.keySet()) {
            if (!KNOWN_INDEX_OPTIONS.contains(option)) {
                throw new MongoServerError(
                        67, "CannotCreateIndex", "The embedded database knows no index option " + option);
            }
        }
        if (description.get("key") instanceof Document keys) {
            keys.forEach((field, direction) -> {
                if (!(direction instanceof Number) || field.contains("$")) {
                    throw new MongoServerError(
                            67,
                            "CannotCreateIndex",
                            "The embedded database knows only ascending and descending indexes, not " + field + ": "
                                    + direction);
                }
            });
        }
    }

    @Override
    protected Index<Key> openOrCreateUniqueIndex(String collection, String name, List<IndexKey> keys, boolean sparse) {
        return keys.size() == 1 && keys.get(0).getKey().equals("_id")
                ? new PrimaryIndex(engine.storage().map(documentsOf(collection)), "_id")
                : ordered(collection, name, keys, true, sparse);
    }

    @Override
    protected Index<Key> openOrCreateSecondaryIndex(
            String collection, String name, List<IndexKey> keys, boolean sparse) {
        return ordered(collection, name, keys, false, sparse);
    }

    private Index<Key> ordered(String collection, String name, List<IndexKey> keys, boolean unique, boolean sparse) {
        var map = indexMap(collection, name);
        if (!isDescribed(collection, name)) {
            // Left behind when its making was interrupted: the description comes last.
            engine.storage().drop(map);
        }
        var storage = engine.storage();
        return new OrderedIndex(
                name,
                keys,
                unique,
                sparse,
                storage.map(map),
                storage.map(MULTIPLES),
                map.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isDescribed(String collection, String index) {
        var descriptions = indexes.get();
        var description = new Document("ns", getFullCollectionNamespace(collection)).append("name", index);
        return descriptions != null
                && descriptions.handleQuery(description).iterator().hasNext();
    }

    /** The library forgets indexes of this name in all collections. */
    private Document dropIndexes(Document command) {
        var collection = collection(String.valueOf(command.get("dropIndexes")));
        if (collection == null) {
            throw new MongoServerError(26, "NamespaceNotFound", "ns not found");
        }
        var wanted = command.get("index");
        var descriptions = getOrCreateIndexesCollection();
        var dropped = descriptions
                .handleQueryAsStream(new Document("ns", collection.getFullName()))
                .filter(index -> !PrimaryIndex.NAME.equals(index.get("name")))
                .filter(index -> "*".equals(wanted)
                        || Objects.equals(index.get("name"), wanted)
                        || Objects.equals(index.get("key"), wanted))
                .toList();
        if (dropped.isEmpty() && !"*".equals(wanted)) {
            throw new IndexNotFoundException("index not found with name [" + wanted + "]");
        }
        for (var index : dropped) {
            dropIndex(collection, String.valueOf(index.get("name")));
            descriptions.deleteDocuments(
                    new Document("ns", collection.getFullName()).append("name", index.get("name")), 1);
        }
        return new Document("nIndexesWas", dropped.size() + 1).append("ok", 1.0);
    }

    @Override
    protected void dropIndex(MongoCollection<Key> collection, String name) {
        if (name.equals(PrimaryIndex.NAME)) {
            return;
        }
        super.dropIndex(collection, name);
        var map = indexMap(collection.getCollectionName(), name);
        engine.storage().drop(map);
        engine.storage().map(MULTIPLES).remove(map.getBytes(StandardCharsets.UTF_8));
    }

    private String indexMap(String collection, String index) {
        return INDEX_PREFIX + getFullCollectionNamespace(collection) + ":" + index;
    }

    @Override
    protected long getFileSize() {
        return engine.storage().fileSizeBytes();
    }

    @Override
    protected long getStorageSize() {
        return engine.storage().fileSizeBytes();
    }
}
