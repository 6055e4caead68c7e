package io.flamenco.worker.outbox;

import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.kernel.StartFailure;
import io.flamenco.shared.wire.WireJson;
import io.flamenco.shared.wire.WorkerUpdate;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SQLite file of updates. Its methods block, except the two that tell its size; they can be called from any thread.
 *
 * <p>Two connections share the file. The one that adds waits for the disk, so that an added update survives even a power
 * cut. The one that removes does not: an update whose removal was lost is sent again, under the same key.
 */
public final class OutboxFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxFile.class);
    private static final String LEFT_OUT =
            "Log lines were left out here: the Manager has been away so long that the outbox of the Worker is full.";

    private final Path file;
    private final long maxBytes;
    private final Connection adding;
    private final Connection removing;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private boolean warnedOfFullness;

    private OutboxFile(Path file, long maxBytes, Connection adding, Connection removing) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.adding = adding;
        this.removing = removing;
    }

    /**
     * Opens the file, or makes it.
     *
     * @param maxBytes from which size on log lines are left out
     * @throws StartFailure when it cannot be used
     */
    public static OutboxFile open(Path file, long maxBytes) {
        try {
            OutboxFile outbox = new OutboxFile(file, maxBytes, connect(file, "FULL"), connect(file, "NORMAL"));
            outbox.prepare();
            return outbox;
        } catch (SQLException e) {
            throw new StartFailure(
                    "The Worker's outbox " + file + " cannot be used (" + e.getMessage()
                            + "). Make it writable, or move it away to start with an empty one; the updates in it are lost then.");
        }
    }

    private static Connection connect(Path file, String synchronous) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=" + synchronous);
            statement.execute("PRAGMA busy_timeout=10000");
        }
        return connection;
    }

    private void prepare() throws SQLException {
        try (Statement statement = adding.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS task_update ("
                            + "number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, task TEXT NOT NULL, body BLOB NOT NULL)");
            warnOfOriginalsQueue(statement);
            try (ResultSet left =
                    statement.executeQuery("SELECT count(*), coalesce(sum(length(body)), 0) FROM task_update")) {
                size.set(left.getInt(1));
                bytes.set(left.getLong(2));
            }
        }
        if (size() > 0) {
            LOG.info("Updates of an earlier run wait for the Manager. count={} file={}", size(), file);
        }
    }

    /** The original kept Python objects, which nobody else should read. */
    private void warnOfOriginalsQueue(Statement statement) throws SQLException {
        try (ResultSet tables = statement.executeQuery(
                "SELECT count(*) FROM sqlite_master WHERE type='table' AND name='fworker_queue'")) {
            if (tables.getInt(1) == 0) {
                return;
            }
        }
        try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM fworker_queue")) {
            if (rows.getInt(1) > 0) {
                LOG.warn(
                        "The original Worker left updates that only it can read; they are ignored. count={} file={}",
                        rows.getInt(1),
                        file);
            }
        }
    }

    /** How many updates wait. Never blocks. */
    public int size() {
        return size.get();
    }

    /** How many bytes the waiting updates take. Never blocks. */
    public long bytes() {
        return bytes.get();
    }

    /**
     * Adds an update; it is on disk when this returns.
     *
     * @throws UncheckedIOException when the disk does not take it
     */
    public void add(TaskId task, WorkerUpdate update) {
        lock.lock();
        try (PreparedStatement insert =
                adding.prepareStatement("INSERT INTO task_update (key, task, body) VALUES (?, ?, ?)")) {
            Buffer body = WireJson.write(fitting(update));
            insert.setString(1, UUID.randomUUID().toString());
            insert.setString(2, task.hex());
            insert.setBytes(3, body.getBytes());
            insert.executeUpdate();
            size.incrementAndGet();
            bytes.addAndGet(body.length());
        } catch (SQLException e) {
            throw failed("written", e);
        } finally {
            lock.unlock();
        }
    }

    private WorkerUpdate fitting(WorkerUpdate update) {
        if (bytes.get() < maxBytes || update.log() == null) {
            return update;
        }
        if (!warnedOfFullness) {
            warnedOfFullness = true;
            LOG.warn("The outbox is full, log lines are left out of it. bytes={} file={}", bytes.get(), file);
        }
        return new WorkerUpdate(
                update.taskStatus(),
                update.activity(),
                update.taskProgressPercentage(),
                update.currentCommandIdx(),
                update.commandProgressPercentage(),
                update.metrics(),
                LEFT_OUT);
    }

    /** The oldest updates, without those of some tasks. */
    List<OutboxEntry> oldest(int limit, Set<TaskId> without) {
        String marks = without.stream().map(task -> "?").collect(Collectors.joining(","));
        lock.lock();
        try (PreparedStatement select = removing.prepareStatement("SELECT number, key, task, body FROM task_update"
                + " WHERE task NOT IN (" + marks + ") ORDER BY number LIMIT " + limit)) {
            int mark = 1;
            for (TaskId task : without) {
                select.setString(mark++, task.hex());
            }
            return entries(select);
        } catch (SQLException e) {
            throw failed("read", e);
        } finally {
            lock.unlock();
        }
    }

    private static List<OutboxEntry> entries(PreparedStatement select) throws SQLException {
        List<OutboxEntry> entries = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                entries.add(new OutboxEntry(
                        rows.getLong(1),
                        rows.getString(2),
                        new TaskId(rows.getString(3)),
                        Buffer.buffer(rows.getBytes(4))));
            }
        }
        return entries;
    }

    /** Removes updates that the Manager has taken, or never will. */
    void remove(Collection<OutboxEntry> done) {
        if (done.isEmpty()) {
            return;
        }
        String numbers =
                done.stream().map(entry -> Long.toString(entry.number())).collect(Collectors.joining(","));
        lock.lock();
        try (Statement delete = removing.createStatement()) {
            int removed = delete.executeUpdate("DELETE FROM task_update WHERE number IN (" + numbers + ")");
            size.addAndGet(-removed);
            bytes.addAndGet(
                    -done.stream().mapToLong(entry -> entry.body().length()).sum());
            warnedOfFullness = warnedOfFullness && bytes.get() >= maxBytes;
        } catch (SQLException e) {
            throw failed("written", e);
        } finally {
            lock.unlock();
        }
    }

    private UncheckedIOException failed(String what, SQLException cause) {
        return new UncheckedIOException(
                "The Worker's outbox " + file + " cannot be " + what + ": " + cause.getMessage(),
                new IOException(cause));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            adding.close();
            removing.close();
        } catch (SQLException e) {
            LOG.warn("The outbox did not close cleanly; nothing is lost. file={}", file, e);
        } finally {
            lock.unlock();
        }
    }
}
