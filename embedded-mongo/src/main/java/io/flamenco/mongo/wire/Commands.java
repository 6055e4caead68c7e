package io.flamenco.mongo.wire;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import io.flamenco.mongo.engine.StoredBackend;
import io.flamenco.mongo.storage.Storage;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries commands out, one after the other, and knows what each of them changed. */
final class Commands {
    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
    private static final Set<String> GREETINGS = Set.of("ismaster", "hello");
    private static final Set<String> CHANGES = Set.of(
            "insert",
            "update",
            "delete",
            "findandmodify",
            "create",
            "createindexes",
            "drop",
            "dropindexes",
            "dropdatabase");

    private final StoredBackend backend;
    private final Storage storage;
    private long lastChange;

    Commands(StoredBackend backend, Storage storage) {
        this.backend = backend;
        this.storage = storage;
    }

    static boolean isGreeting(Document command) {
        return GREETINGS.contains(command.keySet().iterator().next().toLowerCase(Locale.ROOT));
    }

    /**
     * Carries out one command and has what it changed made durable, without waiting for that.
     *
     * @param client {@code null} for a command of this process that changes documents
     * @return also when the command is refused
     */
    Document answer(@Nullable Channel client, String database, String name, Document command) {
        lastChange = 0;
        try {
            return carryOut(client, database, name, command);
        } catch (MongoServerException e) {
            return refused(e);
        } catch (RuntimeException e) {
            LOG.error("The embedded database failed at a command; please report this", e);
            return refused(new MongoServerError(1, "InternalError", "Unexpected: " + e));
        }
    }

    /** What a client is told that asked for something impossible. */
    static Document refused(MongoServerException e) {
        LOG.debug("refused: {}", e.getMessage());
        var error = new Document("ok", 0.0).append("errmsg", e.getMessageWithoutErrorCode());
        if (e instanceof MongoServerError numbered) {
            error.append("code", numbered.getCode());
            error.putIfNotNull("codeName", numbered.getCodeName());
        }
        return error;
    }

    private Document carryOut(@Nullable Channel client, String database, String name, Document command) {
        if (isGreeting(command)) {
            return greeting(client, database, command);
        }
        if (CHANGES.contains(name.toLowerCase(Locale.ROOT))
                && !storage.complaint().isEmpty()) {
            return Answers.refusal("No changes are possible now: " + storage.complaint());
        }
        long before = storage.handOver();
        try {
            return backend.handleCommand(client, database, name, command);
        } finally {
            handOver(before);
        }
    }

    /** What must be durable before the last command may be answered; 0 when it changed nothing. */
    long numberOfLastChange() {
        return lastChange;
    }

    private void handOver(long before) {
        long after = storage.handOver();
        if (after != before) {
            lastChange = after;
            storage.maintain();
        }
    }

    private Document greeting(@Nullable Channel client, String database, Document command) {
        var greeting = backend.handleCommand(client, database, "ismaster", command)
                .append("isWritablePrimary", true)
                .append("helloOk", true);
        if (command.containsKey("saslSupportedMechs")) {
            greeting.append("saslSupportedMechs", List.of("SCRAM-SHA-256"));
        }
        return greeting;
    }

    void forget(Channel client) {
        backend.handleClose(client);
    }
}
