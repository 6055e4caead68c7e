package io.flamenco.manager.tasklog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Decides how the files of one log move up when a new one begins. */
final class RotationPlan {

    /** A file of the log's directory that gets another name. */
    record Rename(String from, String to) {}

    private record Numbered(String name, int number) {}

    private RotationPlan() {}

    /**
     * The renames in the order in which they are safe; none when there is no current log. Number n becomes n + 1 and the
     * current log becomes number 1, so holes stay holes. Nothing is overwritten: a file whose new name is taken, as with
     * {@code .1} beside {@code .01}, stays where it is.
     *
     * @param log the name of the current log
     * @param names of all files in its directory
     */
    static List<Rename> of(String log, Collection<String> names) {
        if (!names.contains(log)) {
            return List.of();
        }
        Set<String> taken = new HashSet<>(names);
        List<Rename> renames = new ArrayList<>();
        for (Numbered file : numberedFiles(log, names)) {
            moveUp(file.name(), log + "." + (file.number() + 1), taken, renames);
        }
        moveUp(log, log + ".1", taken, renames);
        return renames;
    }

    private static List<Numbered> numberedFiles(String log, Collection<String> names) {
        return names.stream()
                .filter(name -> name.startsWith(log + "."))
                .filter(name -> NumberedName.parse(name).base().equals(log))
                .map(name -> new Numbered(name, NumberedName.parse(name).number()))
                .sorted(Comparator.comparingInt(Numbered::number)
                        .reversed()
                        .thenComparing(file -> !file.name().equals(log + "." + file.number())))
                .toList();
    }

    private static void moveUp(String from, String to, Set<String> taken, List<Rename> renames) {
        if (taken.add(to)) {
            taken.remove(from);
            renames.add(new Rename(from, to));
        }
    }
}
