package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.backend.CursorRegistry;
import io.flamenco.mongo.storage.Storage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the databases and collections of one backend have in common.
 *
 * @param examined how many documents were looked at so far to answer queries
 */
record Engine(Storage storage, CursorRegistry registry, OpenCursors cursors, DocumentBytes codec, AtomicLong examined) {

    Engine(Storage storage, CursorRegistry registry) {
        this(storage, registry, new OpenCursors(registry), new DocumentBytes(), new AtomicLong());
    }
}
