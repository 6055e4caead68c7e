package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;

/** The rest of a query's result, found batch by batch as the client asks for more. */
final class SearchCursor extends AbstractCursor {
    /** A batch ends before its documents reach this size, unless a single one does. */
    private static final int BATCH_BYTES = 8 << 20;

    private final Iterator<Found> rest;
    private final UnaryOperator<Document> projection;
    private long lastUsedNanos = System.nanoTime();
    private boolean exhausted;

    SearchCursor(long id, Iterator<Found> rest, UnaryOperator<Document> projection) {
        super(id);
        this.rest = rest;
        this.projection = projection;
    }

    @Override
    public boolean isEmpty() {
        exhausted = !rest.hasNext();
        return exhausted;
    }

    /** @param numberToReturn how many at most; 0 leaves it to the size */
    @Override
    public List<Document> takeDocuments(int numberToReturn) {
        lastUsedNanos = System.nanoTime();
        List<Document> batch = new ArrayList<>();
        long bytes = 0;
        while ((numberToReturn <= 0 || batch.size() < numberToReturn) && bytes < BATCH_BYTES && rest.hasNext()) {
            var found = rest.next();
            bytes += found.bytes();
            batch.add(projection.apply(found.document()));
        }
        return batch;
    }

    /** Whether nobody will read on: there is nothing left, or it was not read since that instant of the nano clock. */
    boolean abandoned(long sinceNanos) {
        return exhausted || lastUsedNanos - sinceNanos < 0;
    }
}
