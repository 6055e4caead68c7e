package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The cursors that clients have not read to their end; one that is not read for ten minutes is closed, as MongoDB does. */
final class OpenCursors {
    private static final Duration IDLE_AT_MOST = Duration.ofMinutes(10);

    private final CursorRegistry registry;
    private final Map<Long, SearchCursor> open = new LinkedHashMap<>();

    OpenCursors(CursorRegistry registry) {
        this.registry = registry;
    }

    /** The first documents, and a cursor for the rest if there is one. */
    QueryResult firstBatch(Iterator<Found> found, UnaryOperator<Document> projection, int batchSize) {
        var cursor = new SearchCursor(registry.generateCursorId(), found, projection);
        var batch = cursor.takeDocuments(batchSize);
        if (cursor.isEmpty()) {
            return new QueryResult(batch);
        }
        registry.add(cursor);
        open.put(cursor.getId(), cursor);
        return new QueryResult(batch, cursor);
    }

    /** Closes those that were not read for long. */
    void closeIdle() {
        long longAgo = System.nanoTime() - IDLE_AT_MOST.toNanos();
        var abandoned = open.values().stream()
                .filter(cursor -> cursor.abandoned(longAgo))
                .toList();
        abandoned.forEach(registry::remove);
        open.values().removeAll(abandoned);
    }
}
