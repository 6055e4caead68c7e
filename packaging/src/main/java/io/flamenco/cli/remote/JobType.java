package io.flamenco.cli.remote;

import io.flamenco.shared.plugin.JobCompiler;
import io.flamenco.shared.plugin.SettingDescription;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * A kind of job that can be submitted.
 *
 * @param description what people read beside the name
 * @param settings in the order in which people should see them
 */
record JobType(String name, String description, List<SettingDescription> settings) {

    /** One that this program knows itself. */
    static JobType of(JobCompiler compiler) {
        return new JobType(compiler.jobType(), compiler.description(), compiler.settings());
    }

    /** One as a Server describes it. */
    static JobType of(JsonObject type) {
        return new JobType(
                type.getString("name", ""),
                type.getString("description", ""),
                type.getJsonArray("settings", new JsonArray()).stream()
                        .map(JsonObject.class::cast)
                        .map(JobType::setting)
                        .toList());
    }

    private static SettingDescription setting(JsonObject setting) {
        String kind = setting.getString("type", "text").toUpperCase(Locale.ROOT).replace('-', '_');
        return new SettingDescription(
                setting.getString("name", ""),
                SettingDescription.Type.valueOf(kind),
                setting.getBoolean("required", false),
                setting.getValue("default"),
                setting.getDouble("minimum"),
                setting.getDouble("maximum"),
                setting.getJsonArray("choices", new JsonArray()).stream()
                        .map(String::valueOf)
                        .toList(),
                setting.getString("label", ""),
                setting.getString("help", ""));
    }

    boolean has(String setting) {
        return settings.stream().anyMatch(one -> one.name().equals(setting));
    }
}
