package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The part of a query that an ordering of documents can answer: for each path, the values that are asked for or the ends between
 * which they lie. All of them must hold. What is not understood here is left to the matcher, so a document that fulfils these
 * conditions may still fail the query, but never the other way round.
 */
final class Conditions {
    private final Map<String, Condition> byPath = new HashMap<>();
    private final List<List<Document>> alternatives = new ArrayList<>();
    private boolean complete = true;

    private Conditions() {}

    static Conditions of(Document query) {
        var conditions = new Conditions();
        conditions.add(query);
        return conditions;
    }

    /** The condition on this path, or {@code null} for none. */
    @Nullable
    Condition on(FieldPath path) {
        return byPath.get(path.name());
    }

    /** Whether these conditions say all that the query says, provided that no array is involved. */
    boolean complete() {
        return complete && alternatives.isEmpty();
    }

    int size() {
        return byPath.size();
    }

    /** The lists of queries, one of each of which must match. */
    List<List<Document>> alternatives() {
        return alternatives;
    }

    /** The ends of a range, encoded; {@code null} for an open one. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and copying would cost
    record End(byte[] value, boolean inclusive) {}

    /** What is asked of one path: one of some values, if given, and to lie between two ends of the same type, if given. */
    static final class Condition {
        private @Nullable TreeSet<byte[]> points;
        private @Nullable End lower;
        private @Nullable End upper;

        @Nullable
        SortedSet<byte[]> points() {
            return points;
        }

        @Nullable
        End lower() {
            return lower;
        }

        @Nullable
        End upper() {
            return upper;
        }

        boolean isRange() {
            return points == null && (lower != null || upper != null);
        }

        /** Whether exactly one value is asked for. */
        boolean isPoint() {
            return points != null && points.size() == 1;
        }

        /** Whether a document that lacks the field can't fulfil this. */
        boolean requiresField() {
            return isRange() || (points != null && points.stream().noneMatch(point -> point[0] == KeyBytes.TAG_NULL));
        }

        private boolean narrow(Collection<?> values) {
            var encoded = new TreeSet<byte[]>(Arrays::compareUnsigned);
            values.forEach(value -> encoded.add(new KeyBytes().append(value).toBytes()));
            if (points != null) {
                return false;
            }
            points = encoded;
            return lower == null && upper == null;
        }

        private boolean limit(End end, boolean isLower) {
            var other = isLower ? upper : lower;
            boolean taken = isLower ? lower != null : upper != null;
            if (taken || points != null || (other != null && other.value()[0] != end.value()[0])) {
                return false;
            }
            if (isLower) {
                lower = end;
            } else {
                upper = end;
            }
            return true;
        }
    }

    private void add(Document query) {
        query.forEach((name, value) -> {
            switch (name) {
                case "$and" -> queries(value).forEach(this::add);
                case "$or" -> addAlternatives(queries(value));
                case "$comment" -> {}
                default -> {
                    if (name.startsWith("$")) {
                        complete = false;
                    } else {
                        complete &= addCondition(name, value);
                    }
                }
            }
        });
    }

    private void addAlternatives(List<Document> queries) {
        if (queries.isEmpty()) {
            complete = false;
        } else {
            alternatives.add(queries);
        }
    }

    private static List<Document> queries(@Nullable Object value) {
        if (value instanceof List<?> list && list.stream().allMatch(Document.class::isInstance)) {
            return list.stream().map(Document.class::cast).toList();
        }
        return List.of();
    }

    private boolean addCondition(String name, @Nullable Object value) {
        if (!(value instanceof Document operators)
                || operators.keySet().stream().noneMatch(key -> key.startsWith("$"))) {
            return orderable(name, value) && condition(name).narrow(Arrays.asList(value));
        }
        boolean all = true;
        for (var operator : operators.entrySet()) {
            all &= addOperator(name, operator.getKey(), operator.getValue());
        }
        return all;
    }

    private boolean addOperator(String name, String operator, @Nullable Object value) {
        return switch (operator) {
            case "$eq" -> orderable(name, value) && condition(name).narrow(Arrays.asList(value));
            case "$in" ->
                value instanceof Collection<?> values
                        && values.stream().allMatch(one -> orderable(name, one))
                        && condition(name).narrow(values);
            case "$gt", "$gte" -> comparable(value) && condition(name).limit(end(value, operator.equals("$gte")), true);
            case "$lt", "$lte" ->
                comparable(value) && condition(name).limit(end(value, operator.equals("$lte")), false);
            default -> false;
        };
    }

    private Condition condition(String name) {
        return byPath.computeIfAbsent(name, path -> new Condition());
    }

    private static End end(@Nullable Object value, boolean inclusive) {
        return new End(new KeyBytes().append(value).toBytes(), inclusive);
    }

    /** Whether equality with this value is the same to the matcher and in the order of keys. An {@code _id} is never an array. */
    private static boolean orderable(String name, @Nullable Object value) {
        return value == null
                || value instanceof Missing
                || comparable(value)
                || value instanceof Boolean
                || (name.equals("_id") && value instanceof Document document && plain(document));
    }

    private static boolean plain(Document document) {
        return document.entrySet().stream()
                .allMatch(field -> !field.getKey().startsWith("$")
                        && (field.getValue() instanceof Document inner ? plain(inner) : comparable(field.getValue())));
    }

    private static boolean comparable(@Nullable Object value) {
        return (value instanceof Number number && !Double.isNaN(number.doubleValue()))
                || value instanceof String
                || value instanceof ObjectId
                || value instanceof Instant;
    }
}
