package io.flamenco.manager.scheduler;

import io.flamenco.manager.scheduler.SchedulerOrders.Assignment;
import io.flamenco.shared.id.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Workers that wait for work with an open request.
 *
 * <p>They stand in line per task type; whoever came first is served first. Deadlines are kept in buckets of a quarter of a
 * second, so that any number of Workers needs one timer, and coming and going costs the same whatever their number.
 */
final class WaitingRoom {

    /** How exactly deadlines are kept. */
    static final Duration BUCKET = Duration.ofMillis(250);

    private final Map<WorkerId, Waiter> waiters = new HashMap<>();
    private final Map<String, LinkedHashMap<WorkerId, Waiter>> byType = new HashMap<>();
    private final TreeMap<Long, Set<Waiter>> byDeadline = new TreeMap<>();

    /** A Worker that waits; {@code answer} takes what it is told. */
    record Waiter(WorkerEntry worker, long ticket, List<String> types, long deadline, Consumer<Assignment> answer) {

        /** How long it still waits. */
        Duration remaining(Instant now) {
            Duration left = Duration.between(now, Instant.ofEpochMilli(deadline * BUCKET.toMillis()));
            return left.isNegative() ? Duration.ZERO : left;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Waiter waiter && waiter.ticket == ticket && waiter.worker.id.equals(worker.id);
        }

        @Override
        public int hashCode() {
            return worker.id.hashCode();
        }
    }

    int size() {
        return waiters.size();
    }

    boolean holds(WorkerId worker) {
        return waiters.containsKey(worker);
    }

    void enter(WorkerEntry worker, long ticket, Instant deadline, Consumer<Assignment> answer) {
        Waiter waiter = new Waiter(worker, ticket, worker.taskTypes, bucket(deadline) + 1, answer);
        waiters.put(worker.id, waiter);
        waiter.types()
                .forEach(type -> byType.computeIfAbsent(type, absent -> new LinkedHashMap<>())
                        .put(worker.id, waiter));
        byDeadline
                .computeIfAbsent(waiter.deadline(), absent -> new LinkedHashSet<>())
                .add(waiter);
    }

    /** Takes the Worker out; null when it does not wait. */
    @Nullable
    Waiter leave(WorkerId worker) {
        Waiter waiter = waiters.remove(worker);
        if (waiter != null) {
            forget(waiter);
        }
        return waiter;
    }

    /** Takes the Worker out if it waits with that ticket. */
    void leave(WorkerId worker, long ticket) {
        Waiter waiter = waiters.get(worker);
        if (waiter != null && waiter.ticket() == ticket) {
            leave(worker);
        }
    }

    /** Those who wait for tasks of that type, in the order of their coming. */
    List<Waiter> inLineFor(String type) {
        Map<WorkerId, Waiter> line = byType.get(type);
        return line == null ? List.of() : List.copyOf(line.values());
    }

    /** Takes out those whose time is up. */
    List<Waiter> takeOverdue(Instant now) {
        List<Waiter> overdue = new ArrayList<>();
        byDeadline.headMap(bucket(now), true).values().forEach(overdue::addAll);
        overdue.forEach(waiter -> leave(waiter.worker().id));
        return overdue;
    }

    /** Takes out everybody. */
    List<Waiter> takeAll() {
        List<Waiter> all = List.copyOf(waiters.values());
        all.forEach(waiter -> leave(waiter.worker().id));
        return all;
    }

    private void forget(Waiter waiter) {
        waiter.types()
                .forEach(type -> byType.computeIfPresent(type, (present, line) -> {
                    line.remove(waiter.worker().id);
                    return line.isEmpty() ? null : line;
                }));
        byDeadline.computeIfPresent(waiter.deadline(), (present, bucket) -> {
            bucket.remove(waiter);
            return bucket.isEmpty() ? null : bucket;
        });
    }

    private static long bucket(Instant moment) {
        return Math.floorDiv(moment.toEpochMilli(), BUCKET.toMillis());
    }
}
