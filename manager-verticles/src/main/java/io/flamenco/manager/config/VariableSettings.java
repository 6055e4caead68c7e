package io.flamenco.manager.config;

import io.flamenco.shared.config.Settings;
import io.flamenco.shared.wire.Notification.Value;
import io.flamenco.shared.wire.Notification.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads variables in either layout; those of the first become those of the second. */
final class VariableSettings {

    private static final List<String> AUDIENCES = List.of("all", "workers", "users");

    private final Settings settings;
    private final Layout layout;
    private final Path checkouts;

    /**
     * @param checkouts where this machine finds the checkouts of the file store
     */
    VariableSettings(Settings settings, Layout layout, Path checkouts) {
        this.settings = settings;
        this.layout = layout;
        this.checkouts = checkouts;
    }

    Variables read() {
        Map<String, Variable> variables = new TreeMap<>();
        if (layout == Layout.ONE) {
            readOld(variables, "variables", Variables.ONEWAY, DefaultVariables.oldVariables());
            readOld(variables, "path_replacement", Variables.TWOWAY, DefaultVariables.oldPathReplacements());
        } else {
            variables.putAll(DefaultVariables.current(checkouts));
            Settings section = settings.section("variables");
            section.keys().forEach(name -> variables.put(name, variable(section.section(name))));
        }
        return new Variables(variables);
    }

    private Variable variable(Settings variable) {
        String direction = variable.choice("direction", Variables.ONEWAY, List.of(Variables.ONEWAY, Variables.TWOWAY));
        if (!variable.has("direction")) {
            variable.problem("direction", "must be given: oneway or twoway");
        }
        List<Value> values = new ArrayList<>();
        for (Settings value : variable.sections("values")) {
            values.add(value(value));
        }
        variable.reportUnknownKeys();
        return new Variable(direction, List.copyOf(values));
    }

    private static Value value(Settings value) {
        String audience = value.text("audience", "");
        String known = audience.isEmpty() ? "all" : value.choice("audience", "all", AUDIENCES);
        @Nullable String platform = value.text("platform").orElse(null);
        List<String> platforms = value.texts("platforms", List.of());
        if (platform == null && platforms.isEmpty()) {
            value.problem("platform", "must be given, such as linux, windows or darwin");
        }
        String text = value.text("value", "");
        value.reportUnknownKeys();
        if (platform != null && !platforms.isEmpty()) {
            List<String> both = new ArrayList<>(platforms);
            both.add(platform);
            return new Value(known, null, List.copyOf(both), text);
        }
        return new Value(known, platform, platforms.isEmpty() ? null : platforms, text);
    }

    private void readOld(
            Map<String, Variable> variables, String key, String direction, Map<String, Map<String, String>> defaults) {
        Map<String, Map<String, String>> all = new LinkedHashMap<>(defaults);
        Settings section = settings.section(key);
        for (String name : section.keys()) {
            Settings platforms = section.section(name);
            Map<String, String> texts = new LinkedHashMap<>();
            platforms.keys().forEach(platform -> texts.put(platform, platforms.text(platform, "")));
            all.put(name, texts);
        }
        all.forEach((name, texts) -> variables.put(name, migrated(direction, texts)));
    }

    private static Variable migrated(String direction, Map<String, String> texts) {
        List<Value> values = texts.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> new Value("all", entry.getKey(), null, entry.getValue()))
                .toList();
        return new Variable(direction, values);
    }
}
