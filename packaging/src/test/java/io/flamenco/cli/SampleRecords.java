package io.flamenco.cli;

import io.flamenco.shared.id.Id;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/** Makes a record with likely values, for pages that show what it looks like. */
final class SampleRecords {

    private static final String ID = "5c0100000000000000000001";
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("nickname", "render-01"),
            Map.entry("worker", "render-01"),
            Map.entry("name", "blender-render-1-5"),
            Map.entry("ProjectChanged.name", "Film"),
            Map.entry("ManagerChanged.name", "Nave 3"),
            Map.entry("UserChanged.name", "ana"),
            Map.entry("role", "artist"),
            Map.entry("change", "changed"),
            Map.entry("oldStatus", "queued"),
            Map.entry("status", "active"),
            Map.entry("statusReason", ""),
            Map.entry("statusRequested", ""),
            Map.entry("activity", "Rendering frame 3"),
            Map.entry("text", "2026-11-22T10:00:00Z Fra:3 Mem:24.00M\n"),
            Map.entry("url", "/latest-image/3"));

    private SampleRecords() {}

    static <T extends Record> T of(Class<T> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(components[i]);
        }
        var constructor = type.getDeclaredConstructor(types);
        return constructor.newInstance(values);
    }

    private static Object value(RecordComponent component) throws ReflectiveOperationException {
        Class<?> type = component.getType();
        if (type == String.class) {
            String usual = TEXTS.getOrDefault(component.getName(), component.getName());
            return TEXTS.getOrDefault(
                    component.getDeclaringRecord().getSimpleName() + "." + component.getName(), usual);
        }
        if (type == Instant.class) {
            return Instant.parse("2026-11-22T10:00:00Z");
        }
        if (type == int.class || type == Integer.class) {
            return 40;
        }
        if (type == long.class) {
            return 4096L;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == Map.class) {
            return Map.of("active", 2);
        }
        return Id.class.isAssignableFrom(type)
                ? type.getDeclaredConstructor(String.class).newInstance(ID)
                : of(type.asSubclass(Record.class));
    }
}
