package io.flamenco.mongo.wire;

import de.bwaldvogel.mongo.bson.Document;
import io.netty.util.concurrent.EventExecutor;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * The shortest way to change documents from within this process: a command is handed over as it is, without becoming bytes on a
 * socket and documents again. It is carried out by the same thread and answered by the same rules as one that comes over the wire.
 */
public final class DirectLine {
    private static final Set<String> COMMANDS = Set.of("insert", "update", "delete");

    private final EventExecutor databaseThread;
    private final Commands commands;
    private final Answers answers;

    DirectLine(EventExecutor databaseThread, Commands commands, Answers answers) {
        this.databaseThread = databaseThread;
        this.commands = commands;
        this.answers = answers;
    }

    /**
     * Carries out an insert, update or delete.
     *
     * @param command its first key is its name; the database's own from now on
     * @param answer called once, on the database thread, when what changed is durable; also with refusals
     * @throws IllegalArgumentException at any other command
     * @throws RejectedExecutionException when the database is closed
     */
    public void send(String database, Document command, Consumer<Document> answer) {
        var name = command.keySet().iterator().next();
        if (!COMMANDS.contains(name)) {
            throw new IllegalArgumentException("The command " + name + " does not go over the direct line");
        }
        databaseThread.execute(() -> {
            var outcome = commands.answer(null, database, name, command);
            answers.send(outcome, commands.numberOfLastChange(), answer);
        });
    }
}
