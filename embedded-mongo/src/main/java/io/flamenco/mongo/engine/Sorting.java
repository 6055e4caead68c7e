package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.BadValueException;
import io.flamenco.mongo.engine.Ordering.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sorts documents that no index gives in the wanted order. */
final class Sorting {
    /** So many sorted documents are kept in memory; of further ones only the rank is, and they are fetched again. */
    private static final int KEPT_DOCUMENTS = 1000;

    private Sorting() {}

    /** The fields of MongoDB's sort document. {@code $natural} counts as the order of ids. */
    static List<Field> fieldsOf(@Nullable Document sort) {
        if (sort == null) {
            return List.of();
        }
        return sort.entrySet().stream()
                .filter(entry -> !entry.getKey().equals("$natural") || !ascending(entry.getValue()))
                .map(entry -> new Field(
                        new FieldPath(entry.getKey().equals("$natural") ? "_id" : entry.getKey()),
                        ascending(entry.getValue())))
                .toList();
    }

    private static boolean ascending(@Nullable Object direction) {
        if (direction instanceof Number number && Math.abs(number.doubleValue()) == 1) {
            return number.intValue() > 0;
        }
        throw new BadValueException("Illegal sort direction " + direction + ": it must be 1 or -1");
    }

    /** @param rank orders like the fields of the document */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and copying would cost
    private record Ranked(byte[] rank, Key key, @Nullable Found found) {
        private static final Comparator<Ranked> ORDER = Comparator.<Ranked, byte[]>comparing(
                        Ranked::rank, Arrays::compareUnsigned)
                .thenComparing(Ranked::key);
    }

    /**
     * The documents in order.
     *
     * @param enough how many of the first ones are wanted; 0 for all
     * @param load fetches a document that was not kept
     */
    static Stream<Found> sorted(
            Stream<Found> documents, List<Field> order, long enough, Function<Key, @Nullable Found> load) {
        var ranked = enough > 0 ? first(documents, order, enough) : all(documents, order);
        ranked.sort(Ranked.ORDER);
        return ranked.stream()
                .map(one -> one.found() != null ? one.found() : load.apply(one.key()))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull);
    }

    private static List<Ranked> all(Stream<Found> documents, List<Field> order) {
        var all = new ArrayList<Ranked>();
        documents.forEach(found -> all.add(
                new Ranked(rank(found.document(), order), found.key(), all.size() < KEPT_DOCUMENTS ? found : null)));
        return all;
    }

    private static List<Ranked> first(Stream<Found> documents, List<Field> order, long enough) {
        boolean keep = enough <= KEPT_DOCUMENTS;
        var first = new PriorityQueue<>(Ranked.ORDER.reversed());
        documents.forEach(found -> {
            first.add(new Ranked(rank(found.document(), order), found.key(), keep ? found : null));
            if (first.size() > enough) {
                first.remove();
            }
        });
        return new ArrayList<>(first);
    }

    /** Of the elements of an array counts the smallest one, and in descending order the largest one. */
    private static byte[] rank(Document document, List<Field> order) {
        var rank = new KeyBytes();
        for (var field : order) {
            var values = field.path().values(document).found();
            rank.appendEncoded(
                    values.stream()
                            .map(value -> new KeyBytes()
                                    .append(value, field.ascending())
                                    .toBytes())
                            .min(Arrays::compareUnsigned)
                            .orElseThrow(),
                    true);
        }
        return rank.toBytes();
    }
}
