package io.flamenco.mongo.engine;

import io.flamenco.mongo.engine.Conditions.Condition;
import io.flamenco.mongo.engine.Ordering.Field;
import io.flamenco.mongo.storage.KeyRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Picks the ordering that leads to the answer of a query over the fewest entries. How many entries a way has is not estimated but
 * counted, which costs a few steps per range. What is estimated is how many of them must be seen until enough documents were
 * found, when there is a limit.
 *
 * @param orderings all that the collection has
 */
record Planner(List<Ordering> orderings) {
    /** More combinations of asked-for values than this are not looked up one by one. */
    private static final int MAX_STRETCHES = 1000;

    private static final double LOOK_UP_COST = 1.5;
    private static final double SORT_COST = 0.3;
    /** Of the entries that fulfil the conditions, the part that is seen before a limited query has enough. */
    private static final double SEEN_UNTIL_ENOUGH = 0.2;

    private static final Field ID = new Field(new FieldPath("_id"), true);

    /**
     * The cheapest plan.
     *
     * @param sort what to sort by, the first field first; empty for no order
     * @param enough how many documents are wanted at most; 0 for all
     */
    Plan best(Conditions conditions, List<Field> sort, long enough) {
        return orderings.stream()
                .filter(ordering -> applicable(ordering, conditions))
                .map(ordering -> plan(ordering, conditions, sort))
                .min(Comparator.comparingDouble(plan -> cost(plan, enough)))
                .orElseThrow();
    }

    /** The estimated work of a plan, in documents looked at. */
    static double cost(Plan plan, long enough) {
        double seen = plan.entries();
        if (!plan.sorted()) {
            return seen * (lookUp(plan) + SORT_COST);
        }
        if (enough > 0) {
            seen = Math.min(seen, plan.exact() ? enough : enough + seen * SEEN_UNTIL_ENOUGH);
        }
        return seen * lookUp(plan);
    }

    private static double lookUp(Plan plan) {
        return plan.ordering().primary() ? 1 : LOOK_UP_COST;
    }

    private static boolean applicable(Ordering ordering, Conditions conditions) {
        if (ordering.primary()) {
            return true;
        }
        return ordering.usable()
                && (!ordering.sparse()
                        || ordering.fields().stream()
                                .map(field -> conditions.on(field.path()))
                                .filter(Objects::nonNull)
                                .anyMatch(Condition::requiresField));
    }

    private static Plan plan(Ordering ordering, Conditions conditions, List<Field> sort) {
        var bounds = new Bounds(ordering, conditions);
        long entries = bounds.stretches.stream()
                .mapToLong(stretch -> ordering.map().count(stretch.range()))
                .sum();
        boolean exact = conditions.complete() && bounds.used == conditions.size() && !ordering.multiple();
        var wanted = sort.stream()
                .filter(field -> !isFixed(field, conditions, ordering))
                .toList();
        for (boolean merged : new boolean[] {false, true}) {
            for (boolean descending : new boolean[] {false, true}) {
                if (gives(bounds.sequence(merged), descending, wanted) && (!ordering.multiple() || sort.isEmpty())) {
                    return new Plan(ordering, bounds.stretches, entries, true, descending, merged, exact);
                }
            }
        }
        return new Plan(ordering, bounds.stretches, entries, false, false, false, exact);
    }

    private static boolean isFixed(Field field, Conditions conditions, Ordering ordering) {
        var condition = conditions.on(field.path());
        return condition != null
                && condition.isPoint()
                && ordering.fields().stream()
                        .anyMatch(own -> own.path().name().equals(field.path().name()));
    }

    /** Whether a walk over this sequence of fields yields the wanted order. */
    private static boolean gives(List<Field> sequence, boolean descending, List<Field> wanted) {
        for (int at = 0; at < wanted.size(); at++) {
            var want = wanted.get(at);
            if (at > 0 && wanted.get(at - 1).path().name().equals("_id")) {
                return true;
            }
            if (at >= sequence.size()
                    || !sequence.get(at).path().name().equals(want.path().name())) {
                return false;
            }
            boolean walkedAscending = sequence.get(at).ascending() != descending;
            if (walkedAscending != want.ascending()) {
                return false;
            }
        }
        return true;
    }

    /** The stretches of an ordering in which all documents are that fulfil the conditions. */
    private static final class Bounds {
        private final Ordering ordering;
        private final Conditions conditions;
        private final List<Plan.Stretch> stretches;
        private int points;
        private int used;

        private Bounds(Ordering ordering, Conditions conditions) {
            this.ordering = ordering;
            this.conditions = conditions;
            List<byte[]> prefixes = List.of(new byte[0]);
            for (var field : ordering.fields()) {
                var values = pointsOn(field);
                if (values == null || (long) values.length * prefixes.size() > MAX_STRETCHES) {
                    break;
                }
                prefixes = extended(prefixes, values, field.ascending());
                points++;
            }
            used = points;
            this.stretches = stretches(prefixes);
        }

        /** The fields by which the entries are ordered, when their stretches follow each other or are merged. */
        private List<Field> sequence(boolean merged) {
            var fields = ordering.fields();
            var varying = merged
                    ? fields.subList(points, fields.size()).stream()
                    : fields.stream().filter(field -> !fixed(field));
            return ordering.primary()
                    ? varying.toList()
                    : Stream.concat(varying, Stream.of(ID)).toList();
        }

        private boolean fixed(Field field) {
            var condition = conditions.on(field.path());
            return condition != null && condition.isPoint() && ordering.fields().indexOf(field) < points;
        }

        private byte @Nullable [][] pointsOn(Field field) {
            var condition = conditions.on(field.path());
            if (condition == null) {
                return null;
            }
            var values = condition.points();
            return values == null ? null : values.toArray(byte[][]::new);
        }

        private static List<byte[]> extended(List<byte[]> prefixes, byte[][] values, boolean ascending) {
            return prefixes.stream()
                    .flatMap(prefix -> Arrays.stream(values).map(value -> join(prefix, value, ascending)))
                    .toList();
        }

        private List<Plan.Stretch> stretches(List<byte[]> prefixes) {
            var field = points < ordering.fields().size() ? ordering.fields().get(points) : null;
            var condition = field == null ? null : conditions.on(field.path());
            var stretches = new ArrayList<Plan.Stretch>(prefixes.size());
            for (var prefix : prefixes) {
                var range = field == null || condition == null || !condition.isRange()
                        ? KeyRange.startingWith(prefix)
                        : within(prefix, condition, field.ascending());
                if (!range.isEmpty()) {
                    stretches.add(new Plan.Stretch(range, prefix.length));
                }
            }
            if (condition != null && condition.isRange()) {
                used++;
            }
            stretches.sort(
                    (a, b) -> Arrays.compareUnsigned(a.range().from(), b.range().from()));
            return stretches;
        }

        private KeyRange within(byte[] prefix, Condition condition, boolean ascending) {
            // On arrays one element may fulfil one end and another one the other, so only one end can be used.
            var lower = condition.lower();
            var upper = ordering.multiple() && lower != null ? null : condition.upper();
            var tag = KeyBytes.tagOf(
                    Objects.requireNonNull(lower != null ? lower : upper).value());
            var first = ascending ? lower : upper;
            var last = ascending ? upper : lower;
            var whole = KeyRange.startingWith(join(prefix, tag, ascending));
            var from = first == null ? whole.from() : edge(join(prefix, first.value(), ascending), !first.inclusive());
            var to = last == null ? whole.to() : edge(join(prefix, last.value(), ascending), last.inclusive());
            return new KeyRange(Objects.requireNonNull(from), to);
        }

        private static byte @Nullable [] edge(byte[] key, boolean behindIt) {
            return behindIt ? KeyRange.afterPrefix(key) : key;
        }

        private static byte[] join(byte[] prefix, byte[] value, boolean ascending) {
            return new KeyBytes()
                    .appendEncoded(prefix, true)
                    .appendEncoded(value, ascending)
                    .toBytes();
        }
    }
}
