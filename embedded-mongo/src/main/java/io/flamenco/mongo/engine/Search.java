package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.QueryMatcher;
import de.bwaldvogel.mongo.bson.Document;
import io.flamenco.mongo.engine.Ordering.Field;
import io.flamenco.mongo.storage.ByteMap;
import io.flamenco.mongo.storage.Entry;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Finds documents of one collection. */
final class Search {
    private static final RawFilter ALL = new RawFilter(new Document());

    private final ByteMap documents;
    private final Supplier<List<Ordering>> orderings;
    private final AtomicLong examined;
    private final QueryMatcher matcher = new DefaultQueryMatcher();

    /** @param examined counts the documents that were looked at */
    Search(ByteMap documents, Supplier<List<Ordering>> orderings, AtomicLong examined) {
        this.documents = documents;
        this.orderings = orderings;
        this.examined = examined;
    }

    /**
     * The documents that match, found while they are asked for: taking only the first few may cost only those.
     *
     * @param sort MongoDB's sort document, or {@code null} for any order
     * @param limit how many to give at most; 0 for all
     * @param whileChanging whether the caller changes what it is given before it takes the next one; none is then given twice
     */
    Iterator<Found> find(Document query, @Nullable Document sort, int skip, int limit, boolean whileChanging) {
        var order = Sorting.fieldsOf(sort);
        long enough = limit > 0 ? (long) skip + limit : 0;
        var ways = ways(query, order, enough);
        var matching = matching(ways, query, whileChanging);
        var sorted = order.isEmpty() || (ways.size() == 1 && ways.get(0).sorted())
                ? matching
                : Sorting.sorted(matching, order, enough, this::load);
        var behind = skip > 0 ? sorted.skip(skip) : sorted;
        return (limit > 0 ? behind.limit(limit) : behind).iterator();
    }

    /** How many documents match; often without looking at them. */
    long count(Document query) {
        var ways = ways(query, List.of(), 0);
        return ways.size() == 1 && ways.get(0).exact()
                ? ways.get(0).entries()
                : matching(ways, query, false).count();
    }

    /** For the positional operator: which element of an array this document matched with, if any. */
    @Nullable
    Integer matchedElement(Document document, Document query) {
        return matcher.matchPosition(document, query);
    }

    /** One plan, or several that together lead to all that match. */
    private List<Plan> ways(Document query, List<Field> order, long enough) {
        var planner = new Planner(orderings.get());
        var conditions = Conditions.of(query);
        var single = planner.best(conditions, order, enough);
        for (var alternatives : conditions.alternatives()) {
            var several = alternatives.stream()
                    .map(alternative -> new Document("$and", List.of(query, alternative)))
                    .map(both -> planner.best(Conditions.of(both), List.of(), 0))
                    .toList();
            double cost =
                    several.stream().mapToDouble(plan -> Planner.cost(plan, 0)).sum();
            if (cost < Planner.cost(single, enough)) {
                return several;
            }
        }
        return List.of(single);
    }

    /** The document under this key. */
    Stream<Found> find(Key key) {
        return Stream.ofNullable(load(key));
    }

    /** The bytes of the document under this key, or {@code null}. */
    byte @Nullable [] bytes(Key key) {
        var bytes = documents.value(key.bytes());
        if (bytes != null) {
            examined.incrementAndGet();
        }
        return bytes;
    }

    private Stream<Found> matching(List<Plan> ways, Document query, boolean whileChanging) {
        if (ways.size() == 1) {
            return matching(ways.get(0), query, whileChanging);
        }
        Set<Key> given = new HashSet<>();
        return ways.stream()
                .map(plan -> matching(plan, query, whileChanging))
                .reduce(Stream.empty(), Stream::concat)
                .filter(found -> given.add(found.key()));
    }

    private Stream<Found> matching(Plan plan, Document query, boolean whileChanging) {
        boolean certain = plan.exact() && plan.ordering().primary();
        Iterable<Entry> walk = () -> plan.walk(whileChanging && !plan.ordering().primary());
        RawFilter filter = certain ? ALL : new RawFilter(query);
        return StreamSupport.stream(walk.spliterator(), false)
                .map(entry ->
                        load(plan.ordering().keyOf(entry), plan.ordering().primary() ? entry.value() : null, filter))
                .flatMap(Stream::ofNullable)
                .filter(found -> certain || matcher.matches(found.document(), query));
    }

    private @Nullable Found load(Key key) {
        return load(key, null, ALL);
    }

    private @Nullable Found load(Key key, byte @Nullable [] known, RawFilter filter) {
        var bytes = known != null ? known : documents.value(key.bytes());
        if (bytes == null) {
            return null;
        }
        examined.incrementAndGet();
        if (!filter.mayMatch(bytes)) {
            return null;
        }
        return new Found(key, DocumentBytes.decode(bytes), bytes.length);
    }
}
