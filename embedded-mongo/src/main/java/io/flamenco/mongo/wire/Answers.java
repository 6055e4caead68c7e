package io.flamenco.mongo.wire;

import de.bwaldvogel.mongo.bson.Document;
import io.flamenco.mongo.storage.DurabilityListener;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Sends answers, those to changes only when the changes are durable. All but the listener's methods run on the database thread. */
public final class Answers implements DurabilityListener {
    private final EventExecutor databaseThread;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final AtomicLong durable = new AtomicLong();
    private final AtomicBoolean releasing = new AtomicBoolean();

    private record Waiting(long number, Document answer, Consumer<Document> client) {}

    public Answers(EventExecutor databaseThread) {
        this.databaseThread = databaseThread;
    }

    /** @param number the change that must be durable first; 0 for none */
    void send(Document answer, long number, Consumer<Document> client) {
        if (number <= durable.get()) {
            client.accept(answer);
        } else {
            waiting.add(new Waiting(number, answer, client));
        }
    }

    @Override
    public void durable(long number) {
        durable.set(number);
        if (releasing.compareAndSet(false, true)) {
            onDatabaseThread(this::release);
        }
    }

    @Override
    public void failed(long number, String why) {
        onDatabaseThread(() -> fail(number, why));
    }

    private void onDatabaseThread(Runnable task) {
        try {
            databaseThread.execute(task);
        } catch (RejectedExecutionException e) {
            // The database is being closed and nobody waits any more.
            releasing.set(false);
        }
    }

    /** Tells whoever still waits that the database is closed; after its thread has ended. */
    public void close() {
        fail(Long.MAX_VALUE, "the database was closed");
    }

    private void release() {
        releasing.set(false);
        long upTo = durable.get();
        while (!waiting.isEmpty() && waiting.element().number() <= upTo) {
            var next = waiting.remove();
            next.client().accept(next.answer());
        }
    }

    private void fail(long number, String why) {
        while (!waiting.isEmpty() && waiting.element().number() <= number) {
            waiting.remove().client().accept(refusal("The change is made but may be lost in a crash: " + why));
        }
    }

    /** MongoDB's answer to a write when its disk is full. */
    static Document refusal(String message) {
        return new Document("ok", 0.0)
                .append("errmsg", message)
                .append("code", 14031)
                .append("codeName", "OutOfDiskSpace");
    }
}
