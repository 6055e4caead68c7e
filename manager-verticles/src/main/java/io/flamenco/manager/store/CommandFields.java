package io.flamenco.manager.store;

import io.flamenco.shared.wire.TaskCommand;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Commands of tasks as documents. */
final class CommandFields {

    private CommandFields() {}

    static JsonArray documents(List<TaskCommand> commands) {
        JsonArray list = new JsonArray();
        commands.forEach(command -> list.add(new JsonObject()
                .put("name", command.name())
                .put("settings", new JsonObject(new LinkedHashMap<>(command.settings())))));
        return list;
    }

    static List<TaskCommand> commands(JsonObject document) {
        List<TaskCommand> commands = new ArrayList<>();
        for (JsonObject command : Values.objects(document, "commands")) {
            JsonObject settings = command.getValue("settings") instanceof JsonObject found ? found : new JsonObject();
            commands.add(new TaskCommand(Values.text(command, "name"), wholeAgain(settings)));
        }
        return commands;
    }

    /** The original stores whole numbers as fractions; Workers want them whole. */
    private static Map<String, @Nullable Object> wholeAgain(JsonObject settings) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        settings.getMap().forEach((key, value) -> values.put(key, wholeAgain(value)));
        return values;
    }

    private static @Nullable Object wholeAgain(@Nullable Object value) {
        return switch (value) {
            case JsonObject object -> wholeAgain(object);
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                map.forEach((key, item) -> values.put(String.valueOf(key), wholeAgain(item)));
                yield values;
            }
            case JsonArray array -> wholeAgain((List<?>) array.getList());
            case List<?> list -> wholeAgain(list);
            case Double number when number == Math.rint(number) && Math.abs(number) < 1L << 53 -> number.longValue();
            case null, default -> value;
        };
    }

    private static List<@Nullable Object> wholeAgain(List<?> list) {
        List<@Nullable Object> values = new ArrayList<>();
        list.forEach(item -> values.add(wholeAgain(item)));
        return values;
    }
}
