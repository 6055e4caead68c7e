package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The name of a field, with dots to reach into documents and the elements of arrays.
 *
 * <p>{@link #values} gives every value that a condition on this path may be about, and at times one more: it is used to find
 * documents that are then checked.
 */
final class FieldPath {
    private final String name;
    private final String[] steps;

    FieldPath(String name) {
        this.name = name;
        this.steps = name.split("\\.", -1);
    }

    String name() {
        return name;
    }

    /** The part before the first dot. */
    String root() {
        return steps[0];
    }

    /** Whether a step is a number, which may be the place in an array or the name of a field. */
    boolean countsElements() {
        for (var step : steps) {
            if (isPlace(step)) {
                return true;
            }
        }
        return false;
    }

    /** The values at this path: one, unless an array is met, in which case those of its elements. */
    Values values(Document document) {
        if (steps.length == 1) {
            var value = document.get(name);
            if (!(value instanceof Collection<?>)) {
                return new Values(value, value != null || document.containsKey(name));
            }
        }
        var values = new Values();
        values.collect(document, steps, 0);
        return values;
    }

    private static boolean isPlace(String step) {
        return !step.isEmpty() && step.chars().allMatch(Character::isDigit);
    }

    @Override
    public String toString() {
        return name;
    }

    /** What was found at a path. */
    static final class Values {
        private final List<@Nullable Object> found = new ArrayList<>(1);
        private boolean several;
        private boolean present;

        private Values() {}

        private Values(@Nullable Object only, boolean present) {
            this.present = present;
            found.add(only);
        }

        /** At least one value; null for an absent one, {@link KeyBytes#EMPTY_ARRAY} for an array without elements. */
        List<@Nullable Object> found() {
            return found;
        }

        /** Whether an array was met on the way. */
        boolean several() {
            return several;
        }

        /** Whether a field of this name was there at all, be it null. */
        boolean present() {
            return present;
        }

        private void collect(@Nullable Object value, String[] steps, int step) {
            if (value instanceof Collection<?> elements) {
                several = true;
                present |= step == steps.length;
                collectElements(elements, steps, step);
            } else if (step == steps.length) {
                present |= !(value instanceof Missing);
                found.add(value instanceof Missing ? null : value);
            } else if (value instanceof Document document) {
                collect(document.getOrMissing(steps[step]), steps, step + 1);
            } else {
                found.add(null);
            }
        }

        private void collectElements(Collection<?> elements, String[] steps, int step) {
            if (elements.isEmpty()) {
                found.add(KeyBytes.EMPTY_ARRAY);
            }
            for (var element : elements) {
                collect(element, steps, step);
            }
            if (step < steps.length && isPlace(steps[step]) && elements instanceof List<?> list) {
                int place = Integer.parseInt(steps[step]);
                collect(place < list.size() ? list.get(place) : Missing.getInstance(), steps, step + 1);
            }
        }
    }
}
