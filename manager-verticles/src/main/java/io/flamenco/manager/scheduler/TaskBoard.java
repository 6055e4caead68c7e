package io.flamenco.manager.scheduler;

import io.flamenco.manager.domain.TaskState;
import io.flamenco.manager.domain.TaskState.Active;
import io.flamenco.manager.domain.TaskState.CancelRequested;
import io.flamenco.manager.scheduler.TaskEntry.LaneKey;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.status.TaskStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All tasks of this Manager, indexed by everything that a decision looks for.
 *
 * <p>Each index is kept by taking a task out before a change and putting it back after it, so that no change can forget
 * one. Parents are counters: a task is ready when none of its parents that are here is still to be completed. A parent
 * that is not here counts as completed.
 */
final class TaskBoard {

    private final Map<TaskId, TaskEntry> tasks = new HashMap<>();
    private final Map<TaskId, Set<TaskEntry>> children = new HashMap<>();
    private final Map<WorkerId, SortedSet<TaskEntry>> held = new HashMap<>();
    private final Map<FailureKey, Set<TaskEntry>> failures = new HashMap<>();
    private final Map<LaneKey, Set<TaskEntry>> softFailed = new HashMap<>();
    private final Map<String, Integer> byStatus = new HashMap<>();
    private final Set<String> newlyReady = new LinkedHashSet<>();
    private final ReadyQueue ready;

    private record FailureKey(WorkerId worker, LaneKey lane) {}

    TaskBoard(boolean fair) {
        this.ready = new ReadyQueue(fair);
    }

    ReadyQueue ready() {
        return ready;
    }

    @Nullable
    TaskEntry find(TaskId id) {
        return tasks.get(id);
    }

    Collection<TaskEntry> all() {
        return Collections.unmodifiableCollection(tasks.values());
    }

    Map<String, Integer> countsByStatus() {
        return new LinkedHashMap<>(byStatus);
    }

    int size() {
        return tasks.size();
    }

    void add(TaskEntry task) {
        tasks.put(task.id, task);
        adopt(task);
        if (!task.completed()) {
            moveChildren(task.id, 1);
        }
        putIn(task);
    }

    /** Changes what indexes depend on: state, worker, priorities, type, job, parents. */
    void change(TaskEntry task, Runnable change) {
        boolean wasCompleted = task.completed();
        List<TaskId> oldParents = task.parents;
        takeOut(task);
        change.run();
        if (!oldParents.equals(task.parents)) {
            disown(task, oldParents);
            adopt(task);
        }
        putIn(task);
        if (wasCompleted != task.completed()) {
            moveChildren(task.id, wasCompleted ? 1 : -1);
        }
    }

    void remove(TaskEntry task) {
        takeOut(task);
        disown(task, task.parents);
        tasks.remove(task.id);
        if (!task.completed()) {
            moveChildren(task.id, -1);
        }
    }

    /** Whether a task that is not over waits for this one, or did. */
    boolean hasOpenChildren(TaskId id) {
        for (TaskEntry child : children.getOrDefault(id, Set.of())) {
            if (!child.state.finished()) {
                return true;
            }
        }
        return false;
    }

    /** The tasks that the Worker runs or has been told to stop, those of the highest priority first. */
    List<TaskEntry> heldBy(WorkerId worker) {
        SortedSet<TaskEntry> ofWorker = held.get(worker);
        return ofWorker == null ? List.of() : List.copyOf(ofWorker);
    }

    /** All tasks that somebody runs or has been told to stop. */
    List<TaskEntry> held() {
        List<TaskEntry> all = new ArrayList<>();
        held.values().forEach(all::addAll);
        unowned.forEach(all::add);
        return all;
    }

    /** How many tasks of the lane the Worker was the last to fail, for good or not. */
    int failures(WorkerId worker, LaneKey lane) {
        return failures.getOrDefault(new FailureKey(worker, lane), Set.of()).size();
    }

    /** The tasks of the lane that wait for another Worker to try them. */
    List<TaskEntry> softFailed(LaneKey lane) {
        return List.copyOf(softFailed.getOrDefault(lane, Set.of()));
    }

    /** The types of which a task became ready since the last call. */
    List<String> takeNewlyReady() {
        if (newlyReady.isEmpty()) {
            return List.of();
        }
        List<String> types = List.copyOf(newlyReady);
        newlyReady.clear();
        return types;
    }

    private final Set<TaskEntry> unowned = new LinkedHashSet<>();

    private void putIn(TaskEntry task) {
        byStatus.merge(task.state.wire(), 1, Integer::sum);
        if (task.ready()) {
            ready.add(task);
            newlyReady.add(task.taskType);
        }
        index(task, true);
    }

    private void takeOut(TaskEntry task) {
        byStatus.computeIfPresent(task.state.wire(), (status, count) -> count == 1 ? null : count - 1);
        if (task.ready()) {
            ready.remove(task);
        }
        index(task, false);
    }

    private void index(TaskEntry task, boolean in) {
        switch (task.state) {
            case Active active -> {
                indexHeld(task, active.worker(), in);
                ready.countRunning(task, in ? 1 : -1);
            }
            case CancelRequested stopping -> indexHeld(task, stopping.worker(), in);
            case TaskState.Waiting waiting
            when waiting.status() == TaskStatus.SOFT_FAILED -> {
                member(softFailed, task.lane(), task, in);
                indexFailure(task, in);
            }
            case TaskState.Ended ended when ended.status() == TaskStatus.FAILED -> indexFailure(task, in);
            case TaskState.Waiting waiting -> {}
            case TaskState.Ended ended -> {}
            case TaskState.Foreign foreign -> {}
        }
    }

    private void indexHeld(TaskEntry task, @Nullable WorkerId worker, boolean in) {
        if (worker == null) {
            boolean changed = in ? unowned.add(task) : unowned.remove(task);
            assert changed : task.id;
        } else if (in) {
            held.computeIfAbsent(worker, id -> new TreeSet<>()).add(task);
        } else {
            SortedSet<TaskEntry> ofWorker = held.getOrDefault(worker, new TreeSet<>());
            ofWorker.remove(task);
            if (ofWorker.isEmpty()) {
                held.remove(worker);
            }
        }
    }

    private void indexFailure(TaskEntry task, boolean in) {
        if (task.worker != null) {
            member(failures, new FailureKey(task.worker, task.lane()), task, in);
        }
    }

    private static <K> void member(Map<K, Set<TaskEntry>> sets, K key, TaskEntry task, boolean in) {
        if (in) {
            sets.computeIfAbsent(key, absent -> new LinkedHashSet<>()).add(task);
            return;
        }
        sets.computeIfPresent(key, (present, set) -> {
            set.remove(task);
            return set.isEmpty() ? null : set;
        });
    }

    private void adopt(TaskEntry task) {
        task.openParents = 0;
        for (TaskId parent : task.parents) {
            children.computeIfAbsent(parent, id -> new LinkedHashSet<>(2)).add(task);
            TaskEntry here = tasks.get(parent);
            if (here != null && !here.completed()) {
                task.openParents++;
            }
        }
    }

    private void disown(TaskEntry task, List<TaskId> parents) {
        for (TaskId parent : parents) {
            children.computeIfPresent(parent, (id, list) -> {
                list.remove(task);
                return list.isEmpty() ? null : list;
            });
        }
    }

    private void moveChildren(TaskId parent, int difference) {
        for (TaskEntry child : children.getOrDefault(parent, Set.of())) {
            if (child.id.equals(parent)) {
                continue;
            }
            takeOut(child);
            child.openParents += difference;
            putIn(child);
        }
    }
}
