package io.flamenco.mongo.wire;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.flamenco.mongo.storage.DurabilityListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Sends answers, those to changes only when the changes are durable. All but the listener's methods run on the database thread. */
@SuppressWarnings("FutureReturnValueIgnored") // a client that went away needs no answer
public final class Answers implements DurabilityListener {
    private final EventExecutor databaseThread;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final AtomicLong durable = new AtomicLong();
    private final AtomicBoolean releasing = new AtomicBoolean();

    private record Waiting(long number, ChannelHandlerContext client, MongoMessage answer) {}

    public Answers(EventExecutor databaseThread) {
        this.databaseThread = databaseThread;
    }

    /** @param number the change that must be durable first; 0 for none */
    void send(ChannelHandlerContext client, MongoMessage answer, long number) {
        if (number <= durable.get()) {
            client.writeAndFlush(answer);
        } else {
            waiting.add(new Waiting(number, client, answer));
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

    private void release() {
        releasing.set(false);
        long upTo = durable.get();
        while (!waiting.isEmpty() && waiting.element().number() <= upTo) {
            var next = waiting.remove();
            next.client().writeAndFlush(next.answer());
        }
    }

    private void fail(long number, String why) {
        while (!waiting.isEmpty() && waiting.element().number() <= number) {
            var next = waiting.remove();
            var message = "The change is made but may be lost in a crash: " + why;
            next.client()
                    .writeAndFlush(new MongoMessage(
                            next.answer().getChannel(), next.answer().getHeader(), refusal(message)));
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
