package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import io.flamenco.mongo.storage.ByteMap;
import io.flamenco.mongo.storage.KeyRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A secondary index: for each document one entry, or one for each combination of the elements of its arrays. The key of an entry is
 * the values of the fields and then the document's own key, so equal values do not collide; its value is the document's key.
 */
final class OrderedIndex extends KeyIndex {
    private static final byte[] YES = {1};

    private final ByteMap entries;
    private final ByteMap multiples;
    private final byte[] nameInMultiples;
    private final List<Ordering.Field> fields;
    private final boolean unique;
    private Ordering ordering;

    /**
     * @param entries the map of this index
     * @param multiples where it is noted that an index has documents with several entries, under {@code mapName}
     */
    OrderedIndex(
            String name,
            List<IndexKey> keys,
            boolean unique,
            boolean sparse,
            ByteMap entries,
            ByteMap multiples,
            byte[] nameInMultiples) {
        super(name, keys, sparse);
        this.unique = unique;
        this.entries = entries;
        this.multiples = multiples;
        this.nameInMultiples = nameInMultiples;
        this.fields = keys.stream()
                .map(key -> new Ordering.Field(new FieldPath(key.getKey()), key.isAscending()))
                .toList();
        this.ordering = new Ordering(entries, fields, false, sparse, multiples.value(nameInMultiples) != null);
    }

    @Override
    Ordering ordering() {
        return ordering;
    }

    @Override
    void check(@Nullable Document before, Document after, MongoCollection<Key> collection) {
        if (before != null && untouched(before, after)) {
            return;
        }
        var values = valuesOf(after);
        if (several(values) > 1) {
            getKeyValues(after); // refuses two arrays side by side
        }
        if (unique && !leftOut(values)) {
            checkUnique(values, Key.of(after.get("_id")), collection);
        }
    }

    private void checkUnique(List<FieldPath.Values> values, Key own, MongoCollection<Key> collection) {
        for (var combination : combinations(values)) {
            var same = entries.scan(KeyRange.startingWith(encode(combination).toBytes()), false);
            while (same.hasNext()) {
                if (!Arrays.equals(same.next().value(), own.bytes())) {
                    throw new DuplicateKeyError(this, collection, getKeys(), shown(combination));
                }
            }
        }
    }

    private static KeyValue shown(List<@Nullable Object> combination) {
        return new KeyValue(combination.stream()
                .map(value -> value == KeyBytes.EMPTY_ARRAY ? List.of() : value)
                .toList());
    }

    @Override
    void replace(@Nullable Document before, @Nullable Document after) {
        if (before != null && after != null && untouched(before, after)) {
            return;
        }
        var old = before == null ? Set.<byte[]>of() : keysOf(before);
        if (after != null) {
            add(after, old);
        }
        old.forEach(entries::remove);
    }

    /** Adds the entries of a document, save those that are there; takes these out of {@code there}. */
    private void add(Document document, Set<byte[]> there) {
        var values = valuesOf(document);
        if (leftOut(values)) {
            return;
        }
        var position = Key.of(document.get("_id")).bytes();
        for (var combination : combinations(values)) {
            var key = key(combination, position);
            if (there.isEmpty() || !there.remove(key)) {
                entries.put(key, position);
            }
        }
        if (!ordering.multiple() && several(values) > 0) {
            noteMultiple();
        }
    }

    @Override
    public @Nullable Key getPosition(Document document) {
        return null;
    }

    @Override
    public @Nullable Key remove(Document document) {
        replace(document, null);
        return Key.of(document.get("_id"));
    }

    @Override
    public long getCount() {
        return entries.size();
    }

    @Override
    public boolean isUnique() {
        return unique;
    }

    private void noteMultiple() {
        multiples.put(nameInMultiples, YES);
        ordering = new Ordering(entries, fields, false, isSparse(), true);
    }

    /** How many of the fields hold arrays. */
    private static int several(List<FieldPath.Values> values) {
        int arrays = 0;
        for (var value : values) {
            arrays += value.several() ? 1 : 0;
        }
        return arrays;
    }

    /** Whether no field of this index can have changed. */
    private boolean untouched(Document before, Document after) {
        for (var field : fields) {
            var root = field.path().root();
            if (!Objects.equals(before.get(root), after.get(root))
                    || before.containsKey(root) != after.containsKey(root)) {
                return false;
            }
        }
        return true;
    }

    private boolean leftOut(List<FieldPath.Values> values) {
        return isSparse() && values.stream().noneMatch(FieldPath.Values::present);
    }

    /** Of every field; without a stream, since this is done for each document that is stored. */
    private List<FieldPath.Values> valuesOf(Document document) {
        List<FieldPath.Values> values = new ArrayList<>(fields.size());
        for (var field : fields) {
            values.add(field.path().values(document));
        }
        return values;
    }

    private Set<byte[]> keysOf(Document document) {
        var keys = new TreeSet<byte[]>(Arrays::compareUnsigned);
        var values = valuesOf(document);
        if (!leftOut(values)) {
            var position = Key.of(document.get("_id")).bytes();
            combinations(values).forEach(combination -> keys.add(key(combination, position)));
        }
        return keys;
    }

    private byte[] key(List<@Nullable Object> combination, byte[] position) {
        return encode(combination).appendEncoded(position, true).toBytes();
    }

    private KeyBytes encode(List<@Nullable Object> combination) {
        var key = new KeyBytes();
        for (int at = 0; at < fields.size(); at++) {
            key.append(combination.get(at), fields.get(at).ascending());
        }
        return key;
    }

    private static List<List<@Nullable Object>> combinations(List<FieldPath.Values> values) {
        List<List<@Nullable Object>> combinations = new ArrayList<>();
        combinations.add(new ArrayList<>(values.size()));
        for (var choice : values) {
            if (choice.found().size() == 1) {
                combinations.forEach(
                        combination -> combination.add(choice.found().get(0)));
            } else {
                combinations = extended(combinations, choice.found());
            }
        }
        return combinations;
    }

    private static List<List<@Nullable Object>> extended(
            List<List<@Nullable Object>> combinations, List<@Nullable Object> choices) {
        List<List<@Nullable Object>> extended = new ArrayList<>(combinations.size() * choices.size());
        for (var combination : combinations) {
            for (var choice : choices) {
                var longer = new ArrayList<@Nullable Object>(combination);
                longer.add(choice);
                extended.add(longer);
            }
        }
        return extended;
    }
}
