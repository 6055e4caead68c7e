package io.flamenco.shared.vertx;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** The warnings of Vert.x's own checker of blocked threads, as it logs them. */
final class BlockedThreadWarnings extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final String CHECKER = "io.vertx.core.impl.BlockedThreadChecker";

    private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();
    private final Heartbeat heartbeat;
    private final Logger logger = (Logger) LoggerFactory.getLogger(CHECKER);

    private BlockedThreadWarnings(Heartbeat heartbeat) {
        this.heartbeat = heartbeat;
    }

    /** Listens from now on, in every Vert.x of this process. */
    static BlockedThreadWarnings listen(Heartbeat heartbeat) {
        BlockedThreadWarnings listening = new BlockedThreadWarnings(heartbeat);
        listening.setContext(listening.logger.getLoggerContext());
        listening.start();
        listening.logger.setLevel(Level.WARN);
        listening.logger.addAppender(listening);
        return listening;
    }

    /** What was warned of since the last call. */
    List<String> take() {
        List<String> taken = new ArrayList<>();
        for (String warning = warnings.poll(); warning != null; warning = warnings.poll()) {
            taken.add(warning);
        }
        return taken;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!heartbeat.stoodStill()) {
            warnings.add(event.getFormattedMessage());
        }
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        heartbeat.stop();
    }
}
