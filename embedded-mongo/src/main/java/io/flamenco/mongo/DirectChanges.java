package io.flamenco.mongo;

import de.bwaldvogel.mongo.bson.Document;
import io.flamenco.mongo.wire.DirectLine;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.RejectedExecutionException;

/** Changes of the embedded database that do not take the way over the socket. */
final class DirectChanges {
    private final Vertx vertx;
    private final DirectLine line;
    private final String database;

    DirectChanges(Vertx vertx, DirectLine line, String database) {
        this.vertx = vertx;
        this.line = line;
        this.database = database;
    }

    /** Completed on the caller's context. */
    Future<JsonObject> carryOut(JsonObject command) {
        var context = vertx.getOrCreateContext();
        Promise<JsonObject> answered = Promise.promise();
        try {
            line.send(
                    database,
                    JsonDocuments.document(command),
                    answer -> context.runOnContext(back -> answered.handle(checked(answer))));
        } catch (RejectedExecutionException e) {
            answered.fail(new IllegalStateException("The database is closed", e));
        }
        return answered.future();
    }

    private static Future<JsonObject> checked(Document answer) {
        return answer.get("ok") instanceof Number ok && ok.intValue() == 1
                ? Future.succeededFuture(JsonDocuments.json(answer))
                : Future.failedFuture(new IllegalStateException("The database refused: " + answer.get("errmsg")));
    }
}
