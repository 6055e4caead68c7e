package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.backend.LibraryInternals;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.FailedToParseException;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The commands that consist of many statements. An ordered one stops at its first error, an unordered one carries out the rest; the
 * library's own go on in either case, or forget what was done before the error.
 */
final class Statements {
    private static final int UNKNOWN_ERROR = 8;

    private final StoredDatabase database;

    Statements(StoredDatabase database) {
        this.database = database;
    }

    Document insert(Document command) {
        var collection = Objects.requireNonNull(database.collectionToChange(collectionOf(command, "insert"), true));
        var answer = new Answer(command);
        for (var document : statements(command, "documents")) {
            if (answer.stopped()) {
                break;
            }
            answer.attempt(() -> {
                collection.addDocument(document);
                answer.matched++;
            });
        }
        return answer.toDocument(false);
    }

    Document update(Document command, Oplog oplog) {
        var name = collectionOf(command, "update");
        var answer = new Answer(command);
        for (var statement : statements(command, "updates")) {
            if (answer.stopped()) {
                break;
            }
            answer.attempt(() -> answer.add(update(name, statement, oplog)));
        }
        return answer.toDocument(true);
    }

    private Document update(String name, Document statement, Oplog oplog) {
        if (!(statement.get("u") instanceof Document update)) {
            throw new FailedToParseException("The embedded database knows no updates by a pipeline");
        }
        boolean multi = Utils.isTrue(statement.get("multi"));
        if (multi && update.keySet().stream().anyMatch(key -> !key.startsWith("$"))) {
            throw new FailedToParseException("multi update is not supported for replacement-style update");
        }
        boolean upsert = Utils.isTrue(statement.get("upsert"));
        var collection = database.collectionToChange(name, upsert);
        return collection == null
                ? new Document("n", 0).append("nModified", 0)
                : collection.updateDocuments(
                        selector(statement),
                        update,
                        LibraryInternals.arrayFilters(statement, update),
                        multi,
                        upsert,
                        oplog);
    }

    Document delete(Document command, Oplog oplog) {
        var collection = database.collectionToChange(collectionOf(command, "delete"), false);
        var answer = new Answer(command);
        for (var statement : statements(command, "deletes")) {
            if (answer.stopped() || collection == null) {
                break;
            }
            int limit = statement.get("limit") instanceof Number number ? number.intValue() : 0;
            answer.attempt(() -> answer.matched += collection.deleteDocuments(selector(statement), limit, oplog));
        }
        return answer.toDocument(false);
    }

    private static String collectionOf(Document command, String name) {
        return String.valueOf(command.get(name));
    }

    private static Document selector(Document statement) {
        return statement.get("q") instanceof Document selector ? selector : new Document();
    }

    private static List<Document> statements(Document command, String name) {
        return command.get(name) instanceof List<?> list
                ? list.stream().map(Document.class::cast).toList()
                : List.of();
    }

    /** Counts and errors of the statements of one command. */
    private static final class Answer {
        private final boolean ordered;
        private final List<Document> errors = new ArrayList<>();
        private final List<Document> upserted = new ArrayList<>();
        private int place;
        private int matched;
        private int modified;

        private Answer(Document command) {
            this.ordered = Utils.isTrue(command.getOrDefault("ordered", true));
        }

        private boolean stopped() {
            return ordered && !errors.isEmpty();
        }

        private void attempt(Runnable statement) {
            try {
                statement.run();
            } catch (MongoServerException e) {
                errors.add(error(e));
            }
            place++;
        }

        private void add(Document result) {
            matched += ((Number) Objects.requireNonNull(result.get("n"))).intValue();
            modified += ((Number) Objects.requireNonNull(result.get("nModified"))).intValue();
            if (result.containsKey("upserted")) {
                matched++;
                upserted.add(new Document("index", place).append("_id", result.get("upserted")));
            }
        }

        private Document error(MongoServerException e) {
            var error = new Document("index", place).append("errmsg", e.getMessageWithoutErrorCode());
            error.append("code", e instanceof MongoServerError numbered ? numbered.getCode() : UNKNOWN_ERROR);
            error.putIfNotNull("codeName", codeName(e));
            return error;
        }

        private static @Nullable String codeName(MongoServerException e) {
            return e instanceof MongoServerError numbered ? numbered.getCodeName() : null;
        }

        private Document toDocument(boolean forUpdate) {
            var answer = new Document("n", matched);
            if (forUpdate) {
                answer.append("nModified", modified);
            }
            if (!upserted.isEmpty()) {
                answer.append("upserted", upserted);
            }
            if (!errors.isEmpty()) {
                answer.append("writeErrors", errors);
            }
            return answer.append("ok", 1.0);
        }
    }
}
