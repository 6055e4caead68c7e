package io.flamenco.shared.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of a task.
 *
 * @param name which command the Worker shall run, such as {@code blender_render}
 * @param settings the command's settings in the order in which they were given; values are strings, whole numbers,
 *     fractions, booleans, nulls, lists and maps
 */
public record TaskCommand(String name, Map<String, @Nullable Object> settings) {

    @SuppressWarnings("ConstantValue") // JSON may lack either
    public TaskCommand {
        name = name == null ? "" : name;
        settings = settings == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
