package io.flamenco.manager.upstream;

import io.flamenco.manager.tasklog.LogPaths;
import io.flamenco.shared.wire.PushResponse.WantedLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends whole logs to the Server, one at a time, in the order in which it asked for them. The Server asks again until it has
 * a log, so what does not fit in the queue now comes round later. One event loop only.
 */
public final class LogUploads {

    private static final Logger LOG = LoggerFactory.getLogger(LogUploads.class);
    private static final int MOST_WAITING = 10_000;

    private final Vertx vertx;
    private final LogPaths paths;
    private final ServerClient server;
    private final Set<WantedLog> waiting = new LinkedHashSet<>();
    private @Nullable WantedLog underWay;

    /**
     * @param logs the directory of the task logs
     */
    public LogUploads(Vertx vertx, Path logs, ServerClient server) {
        this.vertx = vertx;
        this.paths = new LogPaths(logs);
        this.server = server;
    }

    /** The Server wants these logs; those that wait or are being sent already are left out. */
    void want(Collection<WantedLog> logs) {
        for (WantedLog log : logs) {
            if (waiting.size() < MOST_WAITING && !log.equals(underWay)) {
                waiting.add(log);
            }
        }
        if (underWay == null) {
            sendNext();
        }
    }

    private void sendNext() {
        Iterator<WantedLog> oldestFirst = waiting.iterator();
        underWay = null;
        if (oldestFirst.hasNext()) {
            underWay = oldestFirst.next();
            oldestFirst.remove();
            send(underWay).onComplete(ended -> sendNext());
        }
    }

    private Future<Void> send(WantedLog log) {
        Path file = paths.current(log.job(), log.task());
        return vertx.executeBlocking(() -> BlockingLogCompression.compressed(file), false)
                .compose(gzip -> server.uploadLog(log.task(), gzip))
                .onSuccess(sent -> LOG.info("A task log was sent to the Server. task={} job={}", log.task(), log.job()))
                .onFailure(failure -> LOG.warn(
                        "A task log could not be sent; the Server will ask for it again. task={} reason={}",
                        log.task(),
                        failure.getMessage()));
    }
}
