package io.flamenco.mongo.engine;

import io.flamenco.mongo.storage.Entry;
import io.flamenco.mongo.storage.KeyRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A way to the documents that a query may match.
 *
 * @param ordering where to look
 * @param stretches the ranges of it to walk; none overlaps another one
 * @param entries how many entries they hold
 * @param sorted whether walking gives the order that was asked for
 * @param descending whether to walk backwards
 * @param merged whether the stretches are walked side by side, always taking the entry that comes first behind their prefixes
 * @param exact whether every entry is a document that matches, and each such document has just one entry
 */
record Plan(
        Ordering ordering,
        List<Stretch> stretches,
        long entries,
        boolean sorted,
        boolean descending,
        boolean merged,
        boolean exact) {

    /**
     * A range of keys.
     *
     * @param prefixLength how many bytes are the same in all of its keys because their values were asked for
     */
    record Stretch(KeyRange range, int prefixLength) {}

    /** The entries in the order of this plan, each document once. */
    Iterator<Entry> walk(boolean whileChanging) {
        var walk = merged && stretches.size() > 1 ? new Merge() : new Chain();
        return ordering.multiple() || whileChanging ? new Once(walk) : walk;
    }

    private Iterator<Entry> scan(Stretch stretch) {
        return ordering.map().scan(stretch.range(), descending);
    }

    /** One stretch after the other. */
    private final class Chain implements Iterator<Entry> {
        private final Iterator<Stretch> rest = (descending ? stretches.reversed() : stretches).iterator();
        private Iterator<Entry> current = List.<Entry>of().iterator();

        @Override
        public boolean hasNext() {
            while (!current.hasNext() && rest.hasNext()) {
                current = scan(rest.next());
            }
            return current.hasNext();
        }

        @Override
        public Entry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return current.next();
        }
    }

    /** All stretches at once. */
    private final class Merge implements Iterator<Entry> {
        private record Head(Entry entry, Stretch stretch, Iterator<Entry> rest) {}

        private final PriorityQueue<Head> heads;

        private Merge() {
            Comparator<Head> order = Merge::compare;
            heads = new PriorityQueue<>(stretches.size(), descending ? order.reversed() : order);
            stretches.forEach(stretch -> advance(stretch, scan(stretch)));
        }

        @Override
        public boolean hasNext() {
            return !heads.isEmpty();
        }

        @Override
        public Entry next() {
            var first = heads.remove();
            advance(first.stretch(), first.rest());
            return first.entry();
        }

        private void advance(Stretch stretch, Iterator<Entry> rest) {
            if (rest.hasNext()) {
                heads.add(new Head(rest.next(), stretch, rest));
            }
        }

        private static int compare(Head a, Head b) {
            var keyA = a.entry().key();
            var keyB = b.entry().key();
            return Arrays.compareUnsigned(
                    keyA,
                    a.stretch().prefixLength(),
                    keyA.length,
                    keyB,
                    b.stretch().prefixLength(),
                    keyB.length);
        }
    }

    /** Leaves out entries of documents that were given before. */
    private final class Once implements Iterator<Entry> {
        private final Iterator<Entry> walk;
        private final Set<Key> given = new HashSet<>();
        private final List<Entry> ahead = new ArrayList<>(1);

        private Once(Iterator<Entry> walk) {
            this.walk = walk;
        }

        @Override
        public boolean hasNext() {
            while (ahead.isEmpty() && walk.hasNext()) {
                var entry = walk.next();
                if (given.add(ordering.keyOf(entry))) {
                    ahead.add(entry);
                }
            }
            return !ahead.isEmpty();
        }

        @Override
        public Entry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ahead.removeLast();
        }
    }
}
