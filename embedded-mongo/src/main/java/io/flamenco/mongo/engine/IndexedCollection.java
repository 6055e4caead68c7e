package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.LibraryInternals;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.exception.ImmutableFieldException;
import de.bwaldvogel.mongo.exception.IndexBuildFailedException;
import de.bwaldvogel.mongo.exception.IndexKeySpecsConflictException;
import de.bwaldvogel.mongo.exception.InvalidIdFieldError;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.flamenco.mongo.storage.ByteMap;
import io.flamenco.mongo.storage.KeyRange;
import io.flamenco.mongo.storage.Storage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterators;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A collection whose documents and index entries are in a {@link Storage}. Of the library's collection it keeps what asks
 * {@link #queryDocuments} (find, distinct, statistics); all changes are made here, each document a unit of its own.
 */
final class IndexedCollection extends AbstractMongoCollection<Key> {
    private static final String ID = "_id";
    private static final int ENTRIES_PER_UNIT = 100;

    private final Storage storage;
    private final ByteMap documents;
    private final DocumentBytes codec;
    private final OpenCursors cursors;
    private final Search search;

    IndexedCollection(
            MongoDatabase database, String name, CollectionOptions options, ByteMap documents, Engine engine) {
        super(database, name, options, engine.registry());
        this.storage = engine.storage();
        this.documents = documents;
        this.codec = engine.codec();
        this.cursors = engine.cursors();
        var primary = new PrimaryIndex(documents, Objects.requireNonNullElse(options.getIdField(), ID));
        if (options.getIdField() != null) {
            getIndexes().add(primary);
        }
        this.search = new Search(
                documents, () -> getIndexes().isEmpty() ? List.of(primary.ordering()) : orderings(), engine.examined());
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
        var complete = hasIds() ? withId(document) : document;
        getIndexes().forEach(index -> index.checkAdd(complete, this));
        var key = hasIds() ? Key.of(complete.get(getIdField())) : nextKey();
        documents.put(key.bytes(), codec.encode(complete));
        getIndexes().forEach(index -> index.add(complete, key, this));
        storage.endUnit();
    }

    private boolean hasIds() {
        return getIdField() != null;
    }

    /** MongoDB puts the {@code _id} first, and makes one when there is none. */
    private Document withId(Document document) {
        var idField = getIdField();
        if (!document.containsKey(idField)) {
            document.put(idField, new ObjectId());
        }
        if (document.keySet().iterator().next().equals(idField)) {
            return document;
        }
        var ordered = new Document(idField, document.get(idField));
        ordered.putAll(document);
        return ordered;
    }

    private Key nextKey() {
        var last = documents.scan(KeyRange.ALL, true);
        long number = last.hasNext() ? ByteBuffer.wrap(last.next().key()).getLong() + 1 : 1;
        return new Key(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    @Override
    public void removeDocument(Document document) {
        remove(new Found(Key.of(document.get(getIdField())), document, 0));
    }

    private void remove(Found found) {
        getIndexes().forEach(index -> ((KeyIndex) index).replace(found.document(), null));
        documents.remove(found.key().bytes());
        storage.endUnit();
    }

    @Override
    public int deleteDocuments(Document selector, int limit, Oplog oplog) {
        var found = toChange(selector, Math.max(0, limit));
        int deleted = 0;
        while (found.hasNext()) {
            remove(found.next());
            deleted++;
        }
        return deleted;
    }

    @Override
    public Document updateDocuments(
            Document selector, Document update, ArrayFilters filters, boolean isMulti, boolean isUpsert, Oplog oplog) {
        var patched = patch(selector, update);
        if (patched.isPresent()) {
            return new Document("n", 1).append("nModified", patched.get() ? 1 : 0);
        }
        if (isUpsert && addsWhatIsNamed(selector, update)) {
            return new Document("upserted", update.get(ID)).append("n", 0).append("nModified", 0);
        }
        var found = toChange(selector, isMulti ? 0 : 1);
        int matched = 0;
        int modified = 0;
        while (found.hasNext()) {
            var one = found.next();
            matched++;
            if (update(one, updated(one.document(), selector, update, filters))) {
                modified++;
            }
        }
        var result = new Document();
        if (matched == 0 && isUpsert) {
            result.put("upserted", upsert(selector, update, filters).get(getIdField()));
        }
        return result.append("n", matched).append("nModified", modified);
    }

    /** Sets fields of the document with that id on its bytes, if nothing else is wanted. @return whether anything is different now */
    private Optional<Boolean> patch(Document selector, Document update) {
        return keyOf(selector).flatMap(key -> FieldPatch.of(update, codec).flatMap(patch -> patch(key, patch)));
    }

    /** Adds the document that is to replace the one of its own id, when that is not there. @return whether it was added */
    private boolean addsWhatIsNamed(Document selector, Document replacement) {
        var key = keyOf(selector);
        boolean adds = key.isPresent()
                && Objects.equals(selector.get(ID), replacement.get(ID))
                && replacement.keySet().stream().noneMatch(name -> name.startsWith("$"))
                && search.bytes(key.get()) == null;
        if (adds) {
            Utils.validateFieldNames(replacement);
            addDocument(replacement);
        }
        return adds;
    }

    private Iterator<Found> toChange(Document selector, int limit) {
        return keyOf(selector)
                .map(key -> search.find(key).iterator())
                .orElseGet(() -> search.find(selector, null, 0, limit, true));
    }

    /** The key of the only document that this selector can mean, when it names nothing but an id. */
    private Optional<Key> keyOf(Document selector) {
        var id = selector.size() == 1 && ID.equals(getIdField()) ? selector.get(ID) : null;
        return id instanceof ObjectId || id instanceof String ? Optional.of(Key.of(id)) : Optional.empty();
    }

    private Optional<Boolean> patch(Key key, FieldPatch patch) {
        var before = search.bytes(key);
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
        indexes.forEach(index -> index.checkUpdate(old, now, this));
        documents.put(key.bytes(), after);
        indexes.forEach(index -> index.replace(old, now));
        storage.endUnit();
        return Optional.of(true);
    }

    private List<KeyIndex> indexesOn(Set<String> names) {
        return getIndexes().stream()
                .map(KeyIndex.class::cast)
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

    private Document updated(Document document, Document selector, Document update, ArrayFilters filters) {
        var element = isPositional(update) ? search.matchedElement(document, selector) : null;
        return LibraryInternals.updated(document, update, filters, element, false, getIdField());
    }

    private static boolean isPositional(Document update) {
        return update.values().stream()
                .anyMatch(change -> change instanceof Document fields
                        && fields.keySet().stream().anyMatch(path -> path.contains(".$")));
    }

    /** @return whether anything is different now */
    private boolean update(Found before, Document after) {
        if (after.equals(before.document())) {
            return false;
        }
        getIndexes().forEach(index -> index.checkUpdate(before.document(), after, this));
        documents.put(before.key().bytes(), codec.encode(after));
        getIndexes().forEach(index -> ((KeyIndex) index).replace(before.document(), after));
        storage.endUnit();
        return true;
    }

    private Document upsert(Document selector, Document update, ArrayFilters filters) {
        var seed = LibraryInternals.seedOfUpsert(this, selector);
        var document = LibraryInternals.updated(seed, update, filters, null, true, getIdField());
        if (seed.containsKey(getIdField()) && !Objects.equals(seed.get(getIdField()), document.get(getIdField()))) {
            throw new ImmutableFieldException(
                    "Performing an update on the path '_id' would modify the immutable field '_id'");
        }
        document.computeIfAbsent(getIdField(), missing -> LibraryInternals.idOfUpsert(this, selector));
        addDocument(document);
        return document;
    }

    @Override
    public Document findAndModify(Document command) {
        return new FindAndModify(command).on(this);
    }

    /** Changes the first document that matches, as {@link FindAndModify} says. */
    FindAndModify.Outcome modifyFirst(FindAndModify command) {
        var found = search.find(command.query(), command.sort(), 0, 1, true);
        if (!found.hasNext()) {
            return command.upsert()
                    ? FindAndModify.Outcome.inserted(upsert(command.query(), command.update(), command.filters()))
                    : FindAndModify.Outcome.NOTHING;
        }
        var one = found.next();
        if (command.remove()) {
            remove(one);
            return FindAndModify.Outcome.removed(one.document());
        }
        var after = updated(one.document(), command.query(), command.update(), command.filters());
        update(one, after);
        return FindAndModify.Outcome.updated(one.document(), after);
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
            fill(index);
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

    private void fill(Index<Key> index) {
        try {
            long filled = 0;
            for (var entries = documents.scan(KeyRange.ALL, false); entries.hasNext(); filled++) {
                var entry = entries.next();
                var document = DocumentBytes.decode(entry.value());
                index.checkAdd(document, this);
                index.add(document, new Key(entry.key()), this);
                if (filled % ENTRIES_PER_UNIT == 0) {
                    storage.endUnit();
                }
            }
        } catch (MongoServerError e) {
            throw new IndexBuildFailedException(e, this);
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
