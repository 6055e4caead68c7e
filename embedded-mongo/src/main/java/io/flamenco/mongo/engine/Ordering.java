package io.flamenco.mongo.engine;

import io.flamenco.mongo.storage.ByteMap;
import io.flamenco.mongo.storage.Entry;
import java.util.List;

/**
 * An order in which the documents of a collection can be walked, and entered at any place.
 *
 * @param map the entries; those of the primary one are the documents themselves
 * @param fields what the keys consist of, the first one first
 * @param primary whether the values are documents, else they are the keys of documents
 * @param sparse whether documents without any of the fields are left out
 * @param multiple whether a document may have several entries, since some field is or was an array
 */
record Ordering(ByteMap map, List<Field> fields, boolean primary, boolean sparse, boolean multiple) {

    /** A field of an index, or of a sort. */
    record Field(FieldPath path, boolean ascending) {}

    Key keyOf(Entry entry) {
        return new Key(primary ? entry.key() : entry.value());
    }

    /** Whether a condition on a path can be answered here. */
    boolean usable() {
        return fields.stream().noneMatch(field -> field.path().countsElements());
    }
}
