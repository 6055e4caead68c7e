package io.flamenco.cli.remote;

import io.flamenco.cli.jobs.SettingText;
import io.flamenco.shared.plugin.SettingDescription;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** An option of the command line for each setting of a job type, made from its description. */
final class SettingOptions {

    /** Given as the file to work on, without an option. */
    static final String FILE = "filepath";

    /** What is particular about the job type comes first in its help. */
    private static final int FIRST = -1_000;

    private static final String CHUNK = "chunk_size";

    private SettingOptions() {}

    /** Adds the options; a setting whose name is taken can still be given with {@code --set}. */
    static void add(JobType type, CommandSpec spec) {
        int order = FIRST;
        for (SettingDescription setting : type.settings()) {
            if (!setting.name().equals(FILE) && spec.findOption(name(setting.name())) == null) {
                spec.addOption(option(setting, order++));
            }
        }
    }

    /** What was given, as the job wants it. */
    static JsonObject given(JobType type, ParseResult parsed) {
        JsonObject given = new JsonObject();
        for (SettingDescription setting : type.settings()) {
            OptionSpec option = parsed.matchedOption(name(setting.name()));
            if (option != null && !setting.name().equals(FILE)) {
                given.put(setting.name(), value(setting, option));
            }
        }
        return given;
    }

    private static Object value(SettingDescription setting, OptionSpec option) {
        return switch (setting.type()) {
            case TEXT_LIST ->
                new JsonArray(option.typedValues().stream()
                        .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.of(value))
                        .toList());
            case INTEGER, NUMBER, BOOLEAN -> SettingText.value(option.<String>getValue());
            case TEXT, FRAMES -> option.<String>getValue();
            case PATH -> FarmFile.onFarm(option.<String>getValue());
        };
    }

    private static OptionSpec option(SettingDescription setting, int order) {
        List<String> names = new ArrayList<>(List.of(name(setting.name())));
        if (setting.name().equals(CHUNK)) {
            names.add("--chunk");
        }
        OptionSpec.Builder option = OptionSpec.builder(names.toArray(String[]::new))
                .order(order)
                .paramLabel(label(setting))
                .description(description(setting).replace("%", "%%"));
        return switch (setting.type()) {
            case TEXT_LIST ->
                option.type(List.class).auxiliaryTypes(String.class).arity("1").build();
            case BOOLEAN ->
                option.type(String.class).arity("0..1").fallbackValue("true").build();
            default -> option.type(String.class).arity("1").build();
        };
    }

    static String name(String setting) {
        return "--" + setting.replace('_', '-');
    }

    private static String label(SettingDescription setting) {
        return switch (setting.type()) {
            case INTEGER -> "N";
            case NUMBER -> "NUMBER";
            case BOOLEAN -> "true|false";
            case PATH -> "PATH";
            case FRAMES -> "RANGE";
            case TEXT_LIST -> "LINE";
            case TEXT -> setting.choices().isEmpty() ? "TEXT" : String.join("|", setting.choices());
        };
    }

    private static String description(SettingDescription setting) {
        StringBuilder text = new StringBuilder(setting.help());
        Double least = setting.minimum();
        Double most = setting.maximum();
        if (least != null && most != null) {
            text.append(' ')
                    .append(shown(least))
                    .append(" to ")
                    .append(shown(most))
                    .append('.');
        }
        if (setting.type() == SettingDescription.Type.TEXT_LIST) {
            text.append(" May be given several times.");
        }
        if (setting.defaultValue() != null) {
            text.append(" Default: ").append(setting.defaultValue());
        } else if (setting.required()) {
            text.append(" Required.");
        }
        return text.toString();
    }

    private static String shown(double number) {
        return number == Math.rint(number) ? String.format(Locale.ROOT, "%.0f", number) : String.valueOf(number);
    }
}
