package io.flamenco.mongo;

import io.flamenco.mongo.engine.StoredBackend;
import io.flamenco.mongo.storage.CheckpointPolicy;
import io.flamenco.mongo.storage.DurabilityListener;
import io.flamenco.mongo.storage.Snapshot;
import io.flamenco.mongo.storage.Storage;
import io.flamenco.mongo.storage.StorageException;
import io.flamenco.mongo.wire.Answers;
import io.flamenco.mongo.wire.DirectLine;
import io.flamenco.mongo.wire.Password;
import io.flamenco.mongo.wire.WireServer;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server of MongoDB's wire protocol inside this process, over files or over memory, on a free port of the loopback interface.
 * A write that was acknowledged survives the death of the process. All methods block; call them off the event loop.
 *
 * <p>The protocol is open to every account of this machine, but whoever connects must log in with a password that is drawn at each
 * start and that only {@link #connectionString()} tells. The files are readable by this account alone.
 */
public final class EmbeddedMongo implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMongo.class);
    private static final Duration MAINTAIN_EVERY = Duration.ofSeconds(5);
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(60);

    private final EventExecutor databaseThread = new DefaultEventExecutor(new DefaultThreadFactory("database", true));
    private final Password password = Password.random();
    private final List<Future<?>> periodic = new ArrayList<>();
    private final String place;
    private final Storage storage;
    private final StoredBackend backend;
    private final WireServer server;
    private final Answers answers;

    private EmbeddedMongo(String place, Clock clock, Function<DurabilityListener, Storage> opening) {
        this.place = place;
        this.answers = new Answers(databaseThread);
        try {
            this.storage = opening.apply(answers);
        } catch (StorageException e) {
            databaseThread.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
            throw e;
        }
        try {
            this.backend = new StoredBackend(storage, clock);
            this.server = new WireServer(databaseThread, backend, storage, answers, password);
        } catch (RuntimeException e) {
            storage.close();
            databaseThread.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
            throw e;
        }
        every(MAINTAIN_EVERY, storage::maintain);
        every(SWEEP_EVERY, () -> sweep(clock.instant()));
    }

    /**
     * Opens the database of this name in {@code directory}, which is created when missing.
     *
     * @param name letters, digits, {@code _} and {@code -}; part of the file names
     * @throws StorageException when that is impossible; its message says why, and what to do
     */
    public static EmbeddedMongo open(Path directory, String name) {
        return open(directory, name, CheckpointPolicy.standard());
    }

    static EmbeddedMongo open(Path directory, String name, CheckpointPolicy policy) {
        if (!name.matches("[A-Za-z0-9_-]{1,60}")) {
            throw new IllegalArgumentException("The database name \"" + name
                    + "\" can't be used: it takes 1 to 60 letters, digits, underscores and hyphens");
        }
        var place = directory.resolve(name + ".mv").toString();
        return new EmbeddedMongo(place, Clock.systemUTC(), listener -> Storage.open(directory, name, policy, listener));
    }

    /** A database that lives in memory and is gone when closed; for tests and trials. */
    public static EmbeddedMongo inMemory() {
        return new EmbeddedMongo("memory", Clock.systemUTC(), listener -> Storage.inMemory());
    }

    /** Where a MongoDB client finds this server, with the password: not for logs. */
    public String connectionString() {
        var address = server.address();
        return "mongodb://" + Password.USER + ":" + password.text() + "@"
                + address.getAddress().getHostAddress() + ":" + address.getPort()
                + "/?authSource=admin&authMechanism=SCRAM-SHA-256";
    }

    /** The whole database as it is now, with every write that was answered; others go on meanwhile. To be closed. */
    Snapshot snapshot() {
        return databaseThread.submit(storage::snapshot).syncUninterruptibly().getNow();
    }

    /** For changes that come from this process. */
    DirectLine directLine() {
        return server.directLine();
    }

    /** Removes what has expired at {@code now} and closes forgotten cursors; otherwise done every minute. */
    void sweep(Instant now) {
        databaseThread.execute(() -> {
            backend.closeIdleCursors();
            boolean more = backend.expire(now);
            storage.handOver();
            storage.maintain();
            if (more) {
                sweep(now);
            }
        });
    }

    private void every(Duration interval, Runnable task) {
        periodic.add(databaseThread.scheduleWithFixedDelay(
                () -> surviving(task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void surviving(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("periodic work of the {} failed, it will be tried again", this, e);
        }
    }

    /** Disconnects all clients and writes everything to the file. */
    @Override
    public void close() {
        periodic.forEach(work -> work.cancel(false));
        server.close();
        databaseThread.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        storage.close();
        answers.close();
    }

    /** One phrase for logs: what this is and where its data is. */
    @Override
    public String toString() {
        return "embedded database in " + place;
    }
}
