package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import io.flamenco.mongo.storage.ByteMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The index on {@code _id}, which is the map of the documents itself and so needs no upkeep. */
final class PrimaryIndex extends KeyIndex {
    static final String NAME = "_id_";

    private final ByteMap documents;
    private final String idField;
    private final Ordering ordering;

    PrimaryIndex(ByteMap documents, String idField) {
        super(NAME, List.of(new IndexKey(idField, true)), false);
        this.documents = documents;
        this.idField = idField;
        this.ordering =
                new Ordering(documents, List.of(new Ordering.Field(new FieldPath(idField), true)), true, false, false);
    }

    @Override
    Ordering ordering() {
        return ordering;
    }

    @Override
    void check(@Nullable Document before, Document after, MongoCollection<Key> collection) {
        if (before == null && getPosition(after) != null) {
            throw new DuplicateKeyError(
                    this, collection, getKeys(), new KeyValue(List.of(after.getOrMissing(idField))));
        }
    }

    @Override
    void replace(@Nullable Document before, @Nullable Document after) {
        // The collection keeps the documents.
    }

    @Override
    public @Nullable Key getPosition(Document document) {
        var key = Key.of(document.get(idField));
        return documents.value(key.bytes()) == null ? null : key;
    }

    @Override
    public @Nullable Key remove(Document document) {
        return getPosition(document);
    }

    @Override
    public long getCount() {
        return documents.size();
    }

    @Override
    public boolean isUnique() {
        return true;
    }
}
