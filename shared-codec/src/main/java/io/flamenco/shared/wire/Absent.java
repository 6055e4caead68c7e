package io.flamenco.shared.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives what is absent in a JSON document its empty value. */
final class Absent {

    private Absent() {}

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
