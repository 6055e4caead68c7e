package io.flamenco.benchmarks.farm;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Which tasks the fake Server gives next. It keeps the Manager's queue at a wanted length: as many tasks as were
 * completed are given with the next download. Safe to use from any thread.
 */
public final class TaskQueue {

    private static final int PIECE = 64 * 1024;

    private final int mostAtOnce;
    private final List<Download> downloads = new ArrayList<>();
    private long wanted;
    private long given;
    private long completed;
    private boolean refilled = true;
    private String lastTaskType = "";

    /**
     * An empty queue.
     *
     * @param mostAtOnce the largest number of tasks in one download; more are given with the next ones
     */
    public TaskQueue(int mostAtOnce) {
        this.mostAtOnce = mostAtOnce;
    }

    /** From now on so many tasks shall wait at the Manager. */
    public synchronized void keep(long tasks) {
        wanted = tasks;
    }

    /** So many tasks more than now shall wait at the Manager. */
    public synchronized void add(long tasks) {
        wanted += tasks;
    }

    /** Whether completed tasks are made up for by new ones; at first they are. */
    public synchronized void refill(boolean wantedSo) {
        refilled = wantedSo;
    }

    /** The last task of the next download is of that type, so that a Worker can tell that all of it has arrived. */
    public synchronized void endNextDownloadWith(String taskType) {
        lastTaskType = taskType;
    }

    /** A task was completed. */
    public synchronized void onCompleted() {
        completed++;
    }

    /** How many tasks were completed. */
    public synchronized long completed() {
        return completed;
    }

    /** How many tasks have been given. */
    public synchronized long given() {
        return given;
    }

    /** The downloads that brought tasks, in their order. */
    public synchronized List<Download> downloads() {
        return List.copyOf(downloads);
    }

    /** Takes the next tasks out; a Manager that starts from a clean slate gets all of them from the first one on. */
    synchronized Portion next(boolean cleanSlate) {
        if (cleanSlate) {
            given = 0;
        }
        long missing = wanted - given + (refilled ? completed : 0);
        long count = Math.clamp(missing, 0, mostAtOnce);
        Portion portion = new Portion(given, given + count, lastTaskType, System.nanoTime());
        given += count;
        if (count > 0) {
            lastTaskType = "";
        }
        return portion;
    }

    synchronized void given(Portion portion) {
        downloads.add(new Download(portion.upTo - portion.from, portion.askedNanos, System.nanoTime()));
    }

    /**
     * A download that brought tasks.
     *
     * @param tasks how many
     * @param askedNanos when the request came, by the process's own clock
     * @param answeredNanos when the last byte was handed to the operating system
     */
    public record Download(long tasks, long askedNanos, long answeredNanos) {}

    /** The tasks of one answer, written piece by piece. For one thread. */
    static final class Portion {

        private final long from;
        private final long upTo;
        private final String lastTaskType;
        private final long askedNanos;
        private long next;

        Portion(long from, long upTo, String lastTaskType, long askedNanos) {
            this.from = from;
            this.upTo = upTo;
            this.lastTaskType = lastTaskType;
            this.askedNanos = askedNanos;
            this.next = from;
        }

        boolean isEmpty() {
            return from == upTo;
        }

        boolean exhausted() {
            return next == upTo;
        }

        /** Greater for later tasks, as the Server's time of the last change is. */
        String cursor() {
            return "2026-11-22T00:00:00.%09d+00:00".formatted(upTo);
        }

        Buffer nextPiece() {
            StringBuilder json = new StringBuilder(PIECE + 4096);
            json.append(next == from ? "{\"depsgraph\":[" : "");
            while (next < upTo && json.length() < PIECE) {
                boolean special = next == upTo - 1 && !lastTaskType.isEmpty();
                json.append(next == from ? "" : ",")
                        .append(special ? TaskSupply.ofType(next, lastTaskType) : TaskSupply.json(next));
                next++;
            }
            return Buffer.buffer(json.toString());
        }

        String end() {
            return "]}";
        }
    }
}
