package io.flamenco.manager.tasklog;

import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.ManagerFacts;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.time.Timers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells live viewers what was added to logs. Text is collected for a moment first, so that a thousand viewers of a busy log
 * cost a few messages a second each, however many lines its Worker sends. One event loop only.
 */
final class LiveLog {

    private static final Duration MOMENT = Duration.ofMillis(100);

    /** Longer facts are told in several, cut between lines, in characters. */
    private static final int LONGEST = 64 * 1024;

    private final FarmBus bus;
    private final Timers timers;
    private final Map<TaskId, Growing> growing = new LinkedHashMap<>();

    private static final class Growing {
        private final long offset;
        private final StringBuilder text = new StringBuilder();
        private long end;

        Growing(long offset) {
            this.offset = offset;
            this.end = offset;
        }
    }

    LiveLog(FarmBus bus, Timers timers) {
        this.bus = bus;
        this.timers = timers;
    }

    /** Text was added to the current log of the task. */
    void onGrown(TaskId task, BlockingLogFiles.Grown grown) {
        if (growing.isEmpty()) {
            timers.once("tell live logs", MOMENT, this::tellAll);
        }
        Growing before = growing.get(task);
        if (before != null && (before.end != grown.offset() || before.text.length() > LONGEST)) {
            growing.remove(task);
            tell(task, before);
        }
        Growing now = growing.computeIfAbsent(task, id -> new Growing(grown.offset()));
        now.text.append(grown.text());
        now.end = grown.end();
    }

    /** Tells what was collected. */
    void tellAll() {
        growing.forEach(this::tell);
        growing.clear();
    }

    private void tell(TaskId task, Growing grown) {
        long offset = grown.offset;
        for (String text : Pieces.of(grown.text.toString(), LONGEST)) {
            bus.tell(Addresses.MANAGER_TASK_LOG.of(task), new ManagerFacts.TaskLogGrew(task, offset, text));
            offset += Pieces.bytesOf(text);
        }
    }
}
