package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation whose first stages are a query: {@code $match}, {@code $sort}, {@code $skip} and {@code $limit}, in this order and
 * each of them optional. Those are answered as a find is, with indexes; the library does the stages that follow. The way in which
 * clients count documents, {@code $match} and a {@code $group} that adds up ones, is answered as a count.
 */
final class Pipeline {
    private final Document command;
    private final DatabaseResolver databases;
    private final StoredDatabase database;
    private final Oplog oplog;
    private final List<Document> stages;

    Pipeline(Document command, DatabaseResolver databases, StoredDatabase database, Oplog oplog) {
        this.command = command;
        this.databases = databases;
        this.database = database;
        this.oplog = oplog;
        this.stages = new ArrayList<>(Aggregation.parse(command.get("pipeline")));
    }

    /** The answer; empty when the pipeline does not begin with a query, or there is no such collection. */
    Optional<Document> answer() {
        var collection = database.collection(String.valueOf(command.get("aggregate")));
        if (collection == null || stages.isEmpty()) {
            return Optional.empty();
        }
        var match = take("$match") instanceof Document query ? query : new Document();
        var sort = take("$sort") instanceof Document order ? order : null;
        int skip = number(take("$skip"));
        int limit = number(take("$limit"));
        if (sort == null && isCount()) {
            return Optional.of(counted(collection.count(match, skip, limit)));
        }
        var rest = Aggregation.fromPipeline(stages, databases, database, collection, oplog);
        rest.validate(new Document(command).append("cursor", new Document()));
        return Optional.of(answer(rest.runStages(collection.stream(match, sort, skip, limit))));
    }

    private @Nullable Object take(String stage) {
        return !stages.isEmpty() && stages.get(0).keySet().equals(Set.of(stage))
                ? stages.remove(0).get(stage)
                : null;
    }

    private static int number(@Nullable Object value) {
        return value instanceof Number number ? (int) Math.min(Integer.MAX_VALUE, number.longValue()) : 0;
    }

    private boolean isCount() {
        return stages.size() == 1
                && stages.get(0).get("$group") instanceof Document group
                && group.equals(new Document("_id", 1).append("n", new Document("$sum", 1)));
    }

    private Document counted(int count) {
        return answer(count == 0 ? List.of() : List.of(new Document("_id", 1).append("n", count)));
    }

    private Document answer(List<Document> documents) {
        var cursor = new Document("id", 0L)
                .append("ns", database.getDatabaseName() + "." + command.get("aggregate"))
                .append("firstBatch", documents);
        return new Document("cursor", cursor).append("ok", 1.0);
    }
}
