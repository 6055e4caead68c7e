package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.exception.IndexBuildFailedException;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.flamenco.mongo.storage.ByteMap;
import io.flamenco.mongo.storage.KeyRange;
import io.flamenco.mongo.storage.Storage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The documents of one collection together with their index entries. Each change of a document is a unit of its own. */
final class Contents {
    private static final String ID = IndexedCollection.ID;
    private static final int ENTRIES_PER_UNIT = 100;

    private final IndexedCollection collection;
    private final boolean haveIds;
    private final ByteMap documents;
    private final Storage storage;
    private final DocumentBytes codec;

    /**
     * @param collection whose indexes are kept, as they are when a document changes
     * @param haveIds whether a document is kept under its {@code _id}; else documents are numbered
     */
    Contents(IndexedCollection collection, boolean haveIds, ByteMap documents, Engine engine) {
        this.collection = collection;
        this.haveIds = haveIds;
        this.documents = documents;
        this.storage = engine.storage();
        this.codec = engine.codec();
    }

    boolean haveIds() {
        return haveIds;
    }

    /** Throws what MongoDB answers when an index forbids it. */
    void add(Document document) {
        var complete = haveIds ? withId(document) : document;
        collection.getIndexes().forEach(index -> index.checkAdd(complete, collection));
        var key = haveIds ? Key.of(complete.get(ID)) : nextKey();
        documents.put(key.bytes(), codec.encode(complete));
        collection.getIndexes().forEach(index -> index.add(complete, key, collection));
        storage.endUnit();
    }

    /** MongoDB puts the {@code _id} first, and makes one when there is none. */
    private static Document withId(Document document) {
        if (!document.containsKey(ID)) {
            document.put(ID, new ObjectId());
        }
        if (document.keySet().iterator().next().equals(ID)) {
            return document;
        }
        var ordered = new Document(ID, document.get(ID));
        ordered.putAll(document);
        return ordered;
    }

    private Key nextKey() {
        var last = documents.scan(KeyRange.ALL, true);
        long number = last.hasNext() ? ByteBuffer.wrap(last.next().key()).getLong() + 1 : 1;
        return new Key(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    void remove(Key key, Document document) {
        indexes().forEach(index -> index.replace(document, null));
        documents.remove(key.bytes());
        storage.endUnit();
    }

    /** Throws what MongoDB answers when an index forbids it. @return whether anything is different now */
    boolean replace(Found before, Document after) {
        if (after.equals(before.document())) {
            return false;
        }
        change(before.key(), codec.encode(after), indexes(), before.document(), after);
        return true;
    }

    /**
     * Sets fields on a document's bytes.
     *
     * @return whether anything is different now; empty when there is no such document or it cannot be done on its bytes
     */
    Optional<Boolean> patch(Key key, byte @Nullable [] before, FieldPatch patch) {
        var after = before == null ? null : patch.apply(before);
        if (before == null || after == null || after.length > DocumentBytes.MAX_BYTES) {
            return Optional.empty();
        }
        if (Arrays.equals(before, after)) {
            return Optional.of(false);
        }
        var indexes = indexesOn(patch.fields());
        var names = fieldsOf(indexes);
        var old = indexes.isEmpty() ? new Document() : FieldPatch.pick(before, names);
        var now = indexes.isEmpty() ? old : FieldPatch.pick(after, names);
        change(key, after, indexes, old, now);
        return Optional.of(true);
    }

    private void change(Key key, byte[] bytes, List<KeyIndex> indexes, Document before, Document after) {
        indexes.forEach(index -> index.checkUpdate(before, after, collection));
        documents.put(key.bytes(), bytes);
        indexes.forEach(index -> index.replace(before, after));
        storage.endUnit();
    }

    private List<KeyIndex> indexes() {
        return collection.getIndexes().stream().map(KeyIndex.class::cast).toList();
    }

    private List<KeyIndex> indexesOn(Set<String> names) {
        return indexes().stream()
                .filter(index -> index.ordering().fields().stream()
                        .anyMatch(field -> names.contains(field.path().root())))
                .toList();
    }

    private static Set<String> fieldsOf(List<KeyIndex> indexes) {
        Set<String> names = new HashSet<>(Set.of(ID));
        indexes.forEach(index -> index.ordering()
                .fields()
                .forEach(field -> names.add(field.path().root())));
        return names;
    }

    /** Makes the entries of an index that is to be added, in units of some documents each. */
    void fill(Index<Key> index) {
        try {
            long filled = 0;
            for (var entries = documents.scan(KeyRange.ALL, false); entries.hasNext(); filled++) {
                var entry = entries.next();
                var document = DocumentBytes.decode(entry.value());
                index.checkAdd(document, collection);
                index.add(document, new Key(entry.key()), collection);
                if (filled % ENTRIES_PER_UNIT == 0) {
                    storage.endUnit();
                }
            }
        } catch (MongoServerError e) {
            throw new IndexBuildFailedException(e, collection);
        }
    }
}
