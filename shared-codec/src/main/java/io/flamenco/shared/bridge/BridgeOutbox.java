package io.flamenco.shared.bridge;

import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to one connection. Who does not read as fast as things happen loses messages instead of filling the memory,
 * and is told so once it reads again. One event loop only.
 */
final class BridgeOutbox {

    /** Beyond what the system's own buffers hold. */
    private static final int MOST_UNREAD_BYTES = 512 * 1024;

    private static final Duration UNREAD_FOR = Duration.ofSeconds(30);

    private final BridgeLine line;
    private final Clock clock;
    private int unread;
    private int lost;
    private @Nullable Instant stuckSince;

    BridgeOutbox(BridgeLine line, Clock clock) {
        this.line = line;
        this.clock = clock;
    }

    /**
     * Sends the message, or leaves it out when too much waits to be read.
     *
     * @return succeeds when nothing more is to be done about the message
     */
    Future<Void> send(BridgeFrame frame) {
        int size = frame.size();
        if (unread > 0 && unread + size > MOST_UNREAD_BYTES) {
            lost++;
            return Future.succeededFuture();
        }
        if (unread == 0) {
            stuckSince = clock.instant();
        }
        unread += size;
        return line.send(frame).onComplete(taken -> wasTaken(size));
    }

    /** Whether the other side has read nothing for so long that it hardly will. */
    boolean isStuck() {
        Instant since = stuckSince;
        return unread > 0 && since != null && since.isBefore(clock.instant().minus(UNREAD_FOR));
    }

    private void wasTaken(int size) {
        unread -= size;
        stuckSince = clock.instant();
        if (unread == 0 && lost > 0) {
            String sentence =
                    lost + " messages were left out, since this connection reads too slowly; ask over REST for what"
                            + " they told.";
            lost = 0;
            send(BridgeFrame.refusal("", new HttpFailure(429, sentence)));
        }
    }
}
