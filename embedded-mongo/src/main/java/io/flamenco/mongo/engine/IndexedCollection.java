package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.LibraryInternals;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.IndexKeySpecsConflictException;
import de.bwaldvogel.mongo.exception.InvalidIdFieldError;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.flamenco.mongo.storage.ByteMap;
import io.flamenco.mongo.storage.KeyRange;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Spliterators;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A collection of the library whose documents and index entries are in a storage of ours. Of the library's own it keeps what asks
 * {@link #queryDocuments} (find, distinct, statistics); reading is left to {@link Search}, changing to {@link Updates}.
 */
final class IndexedCollection extends AbstractMongoCollection<Key> {
    static final String ID = "_id";

    private final ByteMap documents;
    private final OpenCursors cursors;
    private final Search search;
    private final Contents contents;
    private final Updates updates;

    IndexedCollection(
            MongoDatabase database, String name, CollectionOptions options, ByteMap documents, Engine engine) {
        super(database, name, options, engine.registry());
        this.documents = documents;
        this.cursors = engine.cursors();
        boolean haveIds = options.getIdField() != null;
        var primary = new PrimaryIndex(documents, ID);
        if (haveIds) {
            getIndexes().add(primary);
        }
        this.search = new Search(
                documents, () -> getIndexes().isEmpty() ? List.of(primary.ordering()) : orderings(), engine.examined());
        this.contents = new Contents(this, haveIds, documents, engine);
        this.updates = new Updates(this, search, contents, engine.codec());
    }

    private List<Ordering> orderings() {
        return getIndexes().stream().map(index -> ((KeyIndex) index).ordering()).toList();
    }

    // ---- reading

    Stream<Document> stream(Document query, @Nullable Document sort, int skip, int limit) {
        var found = search.find(query, sort, skip, limit, false);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(found, 0), false)
                .map(Found::document);
    }

    @Override
    protected QueryResult queryDocuments(
            Document query,
            @Nullable Document orderBy,
            int numberToSkip,
            int limit,
            int batchSize,
            @Nullable Document fields) {
        var found = search.find(query, orderBy, numberToSkip, limit, false);
        UnaryOperator<Document> projection =
                fields == null || fields.isEmpty() ? UnaryOperator.identity() : LibraryInternals.projection(fields, ID);
        return batchSize > 0 ? cursors.firstBatch(found, projection, batchSize) : allOf(found, projection);
    }

    @SuppressWarnings("StreamToIterable") // the library walks a result once
    private static QueryResult allOf(Iterator<Found> found, UnaryOperator<Document> projection) {
        var documents = StreamSupport.stream(Spliterators.spliteratorUnknownSize(found, 0), false)
                .map(Found::document)
                .map(projection);
        Iterable<Document> once = documents::iterator;
        return new QueryResult(once);
    }

    @Override
    public int count(@Nullable Document query, int skip, int limit) {
        long all = query == null || query.isEmpty() ? documents.size() : search.count(query);
        long behind = Math.max(0, all - Math.max(0, skip));
        return (int) Math.min(Integer.MAX_VALUE, limit > 0 ? Math.min(limit, behind) : behind);
    }

    @Override
    public int count() {
        return (int) Math.min(Integer.MAX_VALUE, documents.size());
    }

    @Override
    protected Document getDocument(Key position) {
        return DocumentBytes.decode(Objects.requireNonNull(documents.value(position.bytes())));
    }

    @Override
    protected Stream<DocumentWithPosition<Key>> streamAllDocumentsWithPosition() {
        var entries = documents.scan(KeyRange.ALL, false);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(entries, 0), false)
                .map(entry -> new DocumentWithPosition<>(DocumentBytes.decode(entry.value()), new Key(entry.key())));
    }

    @Override
    protected QueryResult matchDocuments(
            Document query,
            @Nullable Document orderBy,
            int numberToSkip,
            int limit,
            int batchSize,
            @Nullable Document fields) {
        return queryDocuments(query, orderBy, numberToSkip, limit, batchSize, fields);
    }

    // ---- changing

    @Override
    public void addDocument(Document document) {
        if (document.get(ID) instanceof Collection<?>) {
            throw new InvalidIdFieldError("The '_id' value cannot be of type array");
        }
        contents.add(document);
    }

    @Override
    public void removeDocument(Document document) {
        contents.remove(Key.of(document.get(ID)), document);
    }

    @Override
    public int deleteDocuments(Document selector, int limit, Oplog oplog) {
        return updates.delete(selector, Math.max(0, limit));
    }

    @Override
    public Document updateDocuments(
            Document selector, Document update, ArrayFilters filters, boolean isMulti, boolean isUpsert, Oplog oplog) {
        return updates.update(selector, update, filters, isMulti, isUpsert);
    }

    @Override
    public Document findAndModify(Document command) {
        return new FindAndModify(command).on(updates);
    }

    // ---- indexes

    /** Adds an index and fills it, unless it is there already or was filled before. */
    @Override
    public void addIndex(Index<Key> index) {
        for (var existing : getIndexes()) {
            if (existing.getName().equals(index.getName())) {
                requireSame(existing, index);
                return;
            }
        }
        if (index.isEmpty()) {
            contents.fill(index);
        }
        getIndexes().add(index);
    }

    private static void requireSame(Index<Key> existing, Index<Key> wanted) {
        if (!existing.hasSameOptions(wanted)
                || existing.isUnique() != wanted.isUnique()
                || !Objects.equals(
                        existing.toIndexDescription().get("key"),
                        wanted.toIndexDescription().get("key"))) {
            throw new IndexKeySpecsConflictException(wanted, existing);
        }
    }

    @Override
    public void drop() {
        getIndexes().clear();
    }

    // ---- what the library's collection would keep, and we need not

    @Override
    protected Key addDocumentInternal(Document document) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void handleUpdate(Key position, Document oldDocument, Document newDocument) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void removeDocument(Key position) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void updateDataSize(int sizeDelta) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected int getDataSize() {
        return 0;
    }
}
