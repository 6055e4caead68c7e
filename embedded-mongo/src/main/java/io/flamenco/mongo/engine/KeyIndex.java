package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index as the library sees it. Its ways of asking an index for documents are not used: {@link Planner} does that with
 * {@link #ordering()}.
 */
abstract class KeyIndex extends Index<Key> {

    KeyIndex(String name, List<IndexKey> keys, boolean sparse) {
        super(name, keys, sparse);
    }

    /** How the entries of this index are ordered and where they are. */
    abstract Ordering ordering();

    /** Throws what MongoDB answers when {@code after} may not take the place of {@code before}; {@code null} for none. */
    abstract void check(@Nullable Document before, Document after, MongoCollection<Key> collection);

    /** Replaces the entries of {@code before} by those of {@code after}; {@code null} for none. */
    abstract void replace(@Nullable Document before, @Nullable Document after);

    @Override
    public final void checkAdd(Document document, MongoCollection<Key> collection) {
        check(null, document, collection);
    }

    @Override
    public final void add(Document document, Key position, MongoCollection<Key> collection) {
        replace(null, document);
    }

    @Override
    public final void checkUpdate(Document before, Document after, MongoCollection<Key> collection) {
        check(before, after, collection);
    }

    @Override
    public final void updateInPlace(Document before, Document after, Key position, MongoCollection<Key> collection) {
        replace(before, after);
    }

    @Override
    public final boolean canHandle(Document query) {
        return false;
    }

    @Override
    public final Iterable<Key> getPositions(Document query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public final long getDataSize() {
        return getCount();
    }

    @Override
    public final void drop() {
        // Its map is dropped by the database, which also knows its description.
    }
}
