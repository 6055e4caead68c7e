package io.flamenco.e2e;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When which Worker ran which task, read from the Workers' logs. A task that a killed Worker was at ended when its log
 * did, since the Worker and what it had started were gone then.
 */
final class RunningTasks {

    private static final Pattern LINE =
            Pattern.compile("(?m)^(\\S+) INFO +\\S+ A task (begins|ended)\\. task=([0-9a-f]{24}).*$");

    private final List<Run> runs = new ArrayList<>();

    /** A task on a Worker, from one moment to another. */
    record Run(String worker, String task, Instant from, Instant to) {

        boolean overlaps(Run other) {
            return task.equals(other.task) && from.isBefore(other.to) && other.from.isBefore(to);
        }
    }

    /** Adds what one life of a Worker's process wrote, and answers whether it ended in the middle of a task. */
    boolean add(String worker, String log, Instant end) {
        Map<String, Instant> begun = new HashMap<>();
        Matcher line = LINE.matcher(log);
        while (line.find()) {
            Instant at = OffsetDateTime.parse(line.group(1)).toInstant();
            String task = line.group(3);
            if (line.group(2).equals("begins")) {
                begun.put(task, at);
            } else {
                runs.add(new Run(worker, task, begun.getOrDefault(task, at), at));
                begun.remove(task);
            }
        }
        begun.forEach((task, from) -> runs.add(new Run(worker, task, from, end)));
        return !begun.isEmpty();
    }

    /** All of them. */
    List<Run> all() {
        return List.copyOf(runs);
    }

    /** Pairs of runs of the same task at the same time. */
    List<List<Run>> atOnce() {
        List<List<Run>> pairs = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            for (Run other : runs.subList(i + 1, runs.size())) {
                if (runs.get(i).overlaps(other)) {
                    pairs.add(List.of(runs.get(i), other));
                }
            }
        }
        return pairs;
    }
}
