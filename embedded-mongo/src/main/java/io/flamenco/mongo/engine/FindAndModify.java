package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.LibraryInternals;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.FailedToParseException;
import org.jspecify.annotations.Nullable;

/** MongoDB's command that finds one document, changes or removes it, and answers with it. */
final class FindAndModify {
    private final Document command;
    private final boolean remove;
    private final Document update;

    FindAndModify(Document command) {
        this.command = command;
        this.remove = Utils.isTrue(command.get("remove"));
        this.update = command.get("update") instanceof Document document ? document : new Document();
        if (remove == command.containsKey("update")) {
            throw new FailedToParseException("Either an update or remove=true must be specified");
        }
        if (!remove && !(command.get("update") instanceof Document)) {
            throw new FailedToParseException("The embedded database knows no updates by a pipeline");
        }
    }

    Document query() {
        return command.get("query") instanceof Document query ? query : new Document();
    }

    @Nullable
    Document sort() {
        return command.get("sort") instanceof Document sort ? sort : null;
    }

    Document update() {
        return update;
    }

    ArrayFilters filters() {
        return LibraryInternals.arrayFilters(command, update);
    }

    boolean remove() {
        return remove;
    }

    boolean upsert() {
        return Utils.isTrue(command.get("upsert"));
    }

    /** Carries it out. @return MongoDB's answer */
    Document on(Updates updates) {
        var outcome = updates.updateFirst(this);
        var value = Utils.isTrue(command.get("new")) ? outcome.after() : outcome.before();
        if (value != null && command.get("fields") instanceof Document fields && !fields.isEmpty()) {
            value = LibraryInternals.projection(fields, "_id").apply(value);
        }
        return new Document("lastErrorObject", outcome.summary())
                .append("value", value)
                .append("ok", 1.0);
    }

    /**
     * What became of the first match.
     *
     * @param before {@code null} when nothing matched
     * @param after {@code null} when it is gone
     */
    record Outcome(@Nullable Document before, @Nullable Document after, Document summary) {
        static final Outcome NOTHING = new Outcome(null, null, new Document("n", 0).append("updatedExisting", false));

        static Outcome inserted(Document document) {
            var summary = new Document("n", 1).append("updatedExisting", false).append("upserted", document.get("_id"));
            return new Outcome(null, document, summary);
        }

        static Outcome removed(Document document) {
            return new Outcome(document, null, new Document("n", 1));
        }

        static Outcome updated(Document before, Document after) {
            return new Outcome(before, after, new Document("n", 1).append("updatedExisting", true));
        }
    }
}
