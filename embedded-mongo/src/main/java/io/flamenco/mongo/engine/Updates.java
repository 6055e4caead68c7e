package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.LibraryInternals;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.exception.ImmutableFieldException;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;

/** MongoDB's ways of changing what a selector finds in one collection: updates, replacements, upserts and deletions. */
final class Updates {
    private static final String ID = IndexedCollection.ID;

    private final IndexedCollection collection;
    private final Search search;
    private final Contents contents;
    private final DocumentBytes codec;

    Updates(IndexedCollection collection, Search search, Contents contents, DocumentBytes codec) {
        this.collection = collection;
        this.search = search;
        this.contents = contents;
        this.codec = codec;
    }

    /** @param limit how many to delete at most; 0 for all. @return how many were */
    int delete(Document selector, int limit) {
        var found = toChange(selector, limit);
        int deleted = 0;
        while (found.hasNext()) {
            remove(found.next());
            deleted++;
        }
        return deleted;
    }

    private void remove(Found found) {
        contents.remove(found.key(), found.document());
    }

    /** @return the counts that MongoDB answers an update with */
    Document update(Document selector, Document update, ArrayFilters filters, boolean multi, boolean upsert) {
        var patched = patch(selector, update);
        if (patched.isPresent()) {
            return counts(1, patched.get() ? 1 : 0);
        }
        if (upsert && addsWhatIsNamed(selector, update)) {
            return new Document("upserted", update.get(ID)).append("n", 0).append("nModified", 0);
        }
        var found = toChange(selector, multi ? 0 : 1);
        int matched = 0;
        int modified = 0;
        while (found.hasNext()) {
            var one = found.next();
            matched++;
            if (contents.replace(one, updated(one.document(), selector, update, filters))) {
                modified++;
            }
        }
        var result = new Document();
        if (matched == 0 && upsert) {
            result.put("upserted", upsert(selector, update, filters).get(ID));
        }
        return result.append("n", matched).append("nModified", modified);
    }

    private static Document counts(int matched, int modified) {
        return new Document("n", matched).append("nModified", modified);
    }

    /** Changes the first document that matches, as {@link FindAndModify} says. */
    FindAndModify.Outcome updateFirst(FindAndModify command) {
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
        contents.replace(one, after);
        return FindAndModify.Outcome.updated(one.document(), after);
    }

    /** Sets fields of the document with that id on its bytes, if nothing else is wanted. @return whether anything is different now */
    private Optional<Boolean> patch(Document selector, Document update) {
        return keyOf(selector)
                .flatMap(key ->
                        FieldPatch.of(update, codec).flatMap(patch -> contents.patch(key, search.bytes(key), patch)));
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
            contents.add(replacement);
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
        var id = selector.size() == 1 && contents.haveIds() ? selector.get(ID) : null;
        return id instanceof ObjectId || id instanceof String ? Optional.of(Key.of(id)) : Optional.empty();
    }

    private Document updated(Document document, Document selector, Document update, ArrayFilters filters) {
        var element = isPositional(update) ? search.matchedElement(document, selector) : null;
        return LibraryInternals.updated(document, update, filters, element, false, ID);
    }

    private static boolean isPositional(Document update) {
        return update.values().stream()
                .anyMatch(change -> change instanceof Document fields
                        && fields.keySet().stream().anyMatch(path -> path.contains(".$")));
    }

    private Document upsert(Document selector, Document update, ArrayFilters filters) {
        var seed = LibraryInternals.seedOfUpsert(collection, selector);
        var document = LibraryInternals.updated(seed, update, filters, null, true, ID);
        if (seed.containsKey(ID) && !Objects.equals(seed.get(ID), document.get(ID))) {
            throw new ImmutableFieldException(
                    "Performing an update on the path '_id' would modify the immutable field '_id'");
        }
        document.computeIfAbsent(ID, missing -> LibraryInternals.idOfUpsert(collection, selector));
        contents.add(document);
        return document;
    }
}
