package io.flamenco.manager.scheduler;

import io.flamenco.manager.scheduler.TaskEntry.LaneKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that could be handed out now.
 *
 * <p>Per task type there are lanes, one per job, each ordered by its tasks; the lanes are ordered by the task at their
 * head. Choosing looks at the heads of the best lanes until no other lane can be better: a lane that is blocked for a
 * Worker costs one look, whatever its length. With fairness, lanes of equal job priority are ordered by how many of
 * their tasks run, so that jobs take turns.
 */
final class ReadyQueue {

    private static final TreeSet<Lane> NOTHING = new TreeSet<>(Comparator.comparing(Lane::head));

    private final boolean fair;
    private final Map<LaneKey, Lane> lanes = new HashMap<>();
    private final Map<String, TreeSet<Lane>> byType = new HashMap<>();
    private final Map<String, Integer> sizes = new TreeMap<>();
    private int size;

    ReadyQueue(boolean fair) {
        this.fair = fair;
    }

    int size() {
        return size;
    }

    void add(TaskEntry task) {
        change(task, lane -> lane.add(task));
        sizes.merge(task.taskType, 1, Integer::sum);
        size++;
    }

    void remove(TaskEntry task) {
        change(task, lane -> lane.remove(task));
        sizes.computeIfPresent(task.taskType, (type, count) -> count == 1 ? null : count - 1);
        size--;
    }

    /** A task of that lane starts (1) or ends (-1) running. */
    void countRunning(TaskEntry task, int difference) {
        change(task, lane -> lane.countRunning(difference));
    }

    /**
     * The task to hand out first.
     *
     * @param types what the Worker supports
     * @param open whether the Worker may run tasks of that lane
     * @param suits whether it may run that task
     */
    @Nullable
    TaskEntry first(Collection<String> types, Predicate<LaneKey> open, Predicate<TaskEntry> suits) {
        Lane bestLane = null;
        TaskEntry best = null;
        for (String type : types) {
            for (Lane lane : byType.getOrDefault(type, NOTHING)) {
                if (bestLane != null && best != null && compare(bestLane, best, lane, lane.head()) <= 0) {
                    break;
                }
                TaskEntry candidate = open.test(lane.key) ? firstOf(lane, suits) : null;
                if (candidate != null
                        && (bestLane == null || best == null || compare(lane, candidate, bestLane, best) < 0)) {
                    bestLane = lane;
                    best = candidate;
                }
            }
        }
        return best;
    }

    /** Whether any task of that type waits to be handed out. */
    boolean has(String type) {
        return byType.containsKey(type);
    }

    /** How many tasks of that type wait to be handed out. */
    int size(String type) {
        return sizes.getOrDefault(type, 0);
    }

    /** Task type to how many tasks of it wait to be handed out. */
    Map<String, Integer> sizes() {
        return new TreeMap<>(sizes);
    }

    /** Shows the first {@code count} tasks of the type, roughly in the order in which they will be handed out. */
    void eachOfFirst(String type, int count, Consumer<TaskEntry> look) {
        PriorityQueue<Cursor> cursors = new PriorityQueue<>(Comparator.comparing(cursor -> cursor.next));
        Iterator<Lane> heads = byType.getOrDefault(type, NOTHING).iterator();
        for (int i = 0; i < count && heads.hasNext(); i++) {
            cursors.add(new Cursor(heads.next().inOrder()));
        }
        for (int i = 0; i < count && !cursors.isEmpty(); i++) {
            Cursor cursor = cursors.remove();
            look.accept(cursor.next);
            if (cursor.advance()) {
                cursors.add(cursor);
            }
        }
    }

    private int compare(Lane lane, TaskEntry task, Lane otherLane, TaskEntry otherTask) {
        return fair && task.jobPriority == otherTask.jobPriority && lane.running() != otherLane.running()
                ? Integer.compare(lane.running(), otherLane.running())
                : task.compareTo(otherTask);
    }

    private int compareHeads(Lane lane, Lane other) {
        return compare(lane, lane.head(), other, other.head());
    }

    private static @Nullable TaskEntry firstOf(Lane lane, Predicate<TaskEntry> suits) {
        for (Iterator<TaskEntry> tasks = lane.inOrder(); tasks.hasNext(); ) {
            TaskEntry task = tasks.next();
            if (suits.test(task)) {
                return task;
            }
        }
        return null;
    }

    private void change(TaskEntry task, Consumer<Lane> change) {
        Lane lane = lanes.computeIfAbsent(task.lane(), Lane::new);
        takeOut(lane);
        change.accept(lane);
        putBack(lane);
    }

    private void takeOut(Lane lane) {
        if (!lane.isEmpty()) {
            TreeSet<Lane> ofType = byType.getOrDefault(lane.key.taskType(), NOTHING);
            ofType.remove(lane);
            if (ofType.isEmpty()) {
                byType.remove(lane.key.taskType());
            }
        }
    }

    private void putBack(Lane lane) {
        if (!lane.isEmpty()) {
            byType.computeIfAbsent(lane.key.taskType(), type -> new TreeSet<>(this::compareHeads))
                    .add(lane);
        } else if (lane.isUseless()) {
            lanes.remove(lane.key);
        }
    }

    private static final class Cursor {

        private final Iterator<TaskEntry> tasks;
        private TaskEntry next;

        Cursor(Iterator<TaskEntry> tasks) {
            this.tasks = tasks;
            this.next = tasks.next();
        }

        boolean advance() {
            if (!tasks.hasNext()) {
                return false;
            }
            next = tasks.next();
            return true;
        }
    }
}
