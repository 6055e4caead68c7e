package io.flamenco.manager.scheduler;

import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.WireTask;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the documents of the tasks next in line at hand.
 *
 * <p>A long queue is kept in memory without its documents. The first of each task type are fetched together before they
 * are needed, and again when half of them are handed out. One fetch is under way at a time, and names every task that
 * those who wait for it could be given: were each of them to begin a fetch of its own, they would all name the same tasks,
 * and what arrives would have been handed out before.
 */
final class Documents {

    private static final Logger LOG = LoggerFactory.getLogger(Documents.class);

    /** So many documents per task type are at hand besides those that somebody waits for. */
    static final int AHEAD = 256;

    private final Farm farm;
    private final Map<String, Integer> ahead = new HashMap<>();
    private final Set<String> shortOf = new HashSet<>();
    private final Set<TaskId> wanted = new LinkedHashSet<>();
    private boolean underWay;

    Documents(Farm farm) {
        this.farm = farm;
    }

    /** A task whose document is not here would be handed out now. */
    void want(TaskEntry task) {
        wanted.add(task.id);
        shortOf.add(task.taskType);
    }

    /** A task of that type is handed out. */
    void handedOut(String type) {
        int left = ahead.merge(type, -1, Integer::sum);
        if (left <= AHEAD / 2) {
            shortOf.add(type);
        }
    }

    /**
     * The tasks whose documents must be fetched now; none while a fetch is under way. The caller answers what is named here
     * with {@link #arrived} or {@link #failed}.
     *
     * @param waiting how many Workers wait for documents
     */
    List<TaskId> takeWanted(int waiting) {
        if (underWay || shortOf.isEmpty()) {
            return List.of();
        }
        shortOf.forEach(type -> lookAhead(type, waiting + AHEAD));
        shortOf.clear();
        wanted.removeIf(id -> !lacksDocument(farm.board.find(id)));
        List<TaskId> ids = List.copyOf(wanted);
        wanted.clear();
        underWay = !ids.isEmpty();
        return ids;
    }

    /** What was wanted has come; what has not come is in the database no longer, and cannot be run any more. */
    void arrived(List<TaskId> asked, List<WireTask> documents) {
        underWay = false;
        for (WireTask document : documents) {
            TaskEntry task = document.id() == null ? null : farm.board.find(document.id());
            if (task != null && lacksDocument(task)) {
                task.document = document;
            }
        }
        asked.forEach(this::forgetWhenLost);
    }

    /** Nothing came; whoever waits has to ask again. */
    void failed() {
        underWay = false;
        ahead.clear();
    }

    private void lookAhead(String type, int count) {
        ahead.put(type, count);
        farm.board.ready().eachOfFirst(type, count, task -> wanted.add(task.id));
    }

    private static boolean lacksDocument(@Nullable TaskEntry task) {
        return task != null && task.document == null && !task.state.finished();
    }

    private void forgetWhenLost(TaskId id) {
        TaskEntry task = farm.board.find(id);
        if (task != null && lacksDocument(task)) {
            LOG.warn("A task is gone from the database, so nobody can run it; it is forgotten. task={}", id);
            farm.board.remove(task);
            farm.changes.remove(task);
        }
    }
}
