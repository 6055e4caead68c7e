package io.flamenco.manager.scheduler;

import io.flamenco.manager.scheduler.TaskEntry.LaneKey;
import java.util.Iterator;
import java.util.TreeSet;

/** The tasks of one job and type that could be handed out now, in order. */
final class Lane {

    final LaneKey key;
    private final TreeSet<TaskEntry> ready = new TreeSet<>();
    private int running;

    Lane(LaneKey key) {
        this.key = key;
    }

    TaskEntry head() {
        return ready.first();
    }

    boolean isEmpty() {
        return ready.isEmpty();
    }

    int running() {
        return running;
    }

    Iterator<TaskEntry> inOrder() {
        return ready.iterator();
    }

    void add(TaskEntry task) {
        ready.add(task);
    }

    void remove(TaskEntry task) {
        ready.remove(task);
    }

    void countRunning(int change) {
        running += change;
    }

    boolean isUseless() {
        return ready.isEmpty() && running == 0;
    }
}
