package io.flamenco.shared.config;

import io.flamenco.shared.kernel.VerticleSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes settings out of a configuration one by one, checking each.
 *
 * <p>A setting that is wrong is remembered as a problem and its default is returned in its place, so that one reading
 * finds all problems; {@link #finish()} reports them. A key that nobody asked for is a problem too.
 */
public final class Settings {

    private final String source;
    private final String prefix;
    private final JsonObject values;
    private final Map<String, String> environment;
    private final String environmentPrefix;
    private final List<String> problems;
    private final Set<String> asked = new LinkedHashSet<>();

    /**
     * @param source names the file to people
     * @param values the file's content
     * @param environment variables of the process
     * @param environmentPrefix such as {@code FLAMENCO_MANAGER_}
     */
    public Settings(String source, JsonObject values, Map<String, String> environment, String environmentPrefix) {
        this(source, "", values, environment, environmentPrefix, new ArrayList<>());
    }

    private Settings(
            String source,
            String prefix,
            JsonObject values,
            Map<String, String> environment,
            String environmentPrefix,
            List<String> problems) {
        this.source = source;
        this.prefix = prefix;
        this.values = values;
        this.environment = environment;
        this.environmentPrefix = environmentPrefix;
        this.problems = problems;
    }

    /** A text; the default when absent. */
    public String text(String key, String absent) {
        return read(key, absent, "a text", value -> scalar(value));
    }

    /** A text that may be absent; an empty one counts as absent. */
    public Optional<String> text(String key) {
        return Optional.of(text(key, "").strip()).filter(text -> !text.isEmpty());
    }

    /** Whether the key stands in the file or the environment, even with an empty value. */
    public boolean has(String key) {
        return raw(key) != null;
    }

    /** A whole number within bounds; the default when absent. */
    public int integer(String key, int absent, int least, int most) {
        return read(key, absent, "a whole number from " + least + " to " + most, value -> {
            int number = Integer.parseInt(scalar(value));
            return number >= least && number <= most ? number : null;
        });
    }

    /** A number within bounds; the default when absent. */
    public double number(String key, double absent, double least, double most) {
        return read(key, absent, "a number from " + least + " to " + most, value -> {
            double number = Double.parseDouble(scalar(value));
            return number >= least && number <= most ? number : null;
        });
    }

    /** Yes or no; the default when absent. */
    public boolean yes(String key, boolean absent) {
        return read(key, absent, "true or false", value -> switch (scalar(value).toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> null;
        });
    }

    /** A duration such as {@code 1h30m}, {@code 10s} or {@code 300ms}; the default when absent. */
    public Duration duration(String key, Duration absent) {
        return read(key, absent, "a duration such as 10s, 5m or 1h30m", value -> Durations.parse(scalar(value)));
    }

    /** A path; the default when absent. */
    public Path path(String key, Path absent) {
        return read(key, absent, "a path", value -> {
            try {
                return Path.of(scalar(value));
            } catch (InvalidPathException e) {
                return null;
            }
        });
    }

    /** An absolute http or https URL that may be absent. */
    public Optional<URI> url(String key) {
        return read(key, Optional.<URI>empty(), "a URL such as http://server.studio:8090/", value -> {
            String text = scalar(value).strip();
            return text.isEmpty() ? Optional.<URI>empty() : Optional.of(httpUrl(text));
        });
    }

    /** A list of texts; the default when absent. A single text counts as a list of one. */
    public List<String> texts(String key, List<String> absent) {
        return read(key, absent, "a list of texts", value -> {
            if (value instanceof JsonArray list) {
                List<String> texts = new ArrayList<>();
                list.forEach(item -> texts.add(scalar(item)));
                return List.copyOf(texts);
            }
            return List.of(scalar(value));
        });
    }

    /** One of some texts; the default when absent. */
    public String choice(String key, String absent, List<String> choices) {
        return read(key, absent, "one of " + String.join(", ", choices), value -> {
            String text = scalar(value);
            return choices.contains(text) ? text : null;
        });
    }

    /** The settings under a key; none when absent. Problems are reported with this object's. */
    public Settings section(String key) {
        JsonObject section = read(key, new JsonObject(), "a group of settings", value -> (JsonObject) value);
        return within(key, section);
    }

    /** The items of a list of groups; none when absent. */
    public List<Settings> sections(String key) {
        JsonArray list = read(key, new JsonArray(), "a list of groups of settings", value -> (JsonArray) value);
        List<Settings> sections = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (list.getValue(i) instanceof JsonObject item) {
                sections.add(within(key + "[" + i + "]", item));
            } else {
                problem(key + "[" + i + "]", "must be a group of settings");
            }
        }
        return sections;
    }

    /** The keys that stand here, in the order of the file. */
    public Set<String> keys() {
        return values.fieldNames();
    }

    /** The whole value under a key as it stands in the file, for free-form parts; null when absent. */
    public @Nullable Object freeForm(String key) {
        asked.add(key);
        return values.getValue(key);
    }

    /**
     * How each verticle is deployed, from the section {@code verticles:}.
     *
     * @param defaults every verticle of the role, in the order in which they start
     */
    public Map<String, VerticleSettings> verticles(Map<String, VerticleSettings> defaults) {
        Settings section = section("verticles");
        Map<String, VerticleSettings> verticles = new LinkedHashMap<>();
        defaults.forEach((name, usual) -> verticles.put(name, section.verticle(name, usual)));
        section.reportUnknownKeys();
        return verticles;
    }

    private VerticleSettings verticle(String name, VerticleSettings usual) {
        Settings settings = section(name);
        boolean enabled = settings.yes("enabled", usual.enabled());
        int instances = settings.integer("instances", usual.instances(), 1, VerticleSettings.MOST_INSTANCES);
        settings.reportUnknownKeys();
        return new VerticleSettings(enabled, instances);
    }

    /** Remembers a problem that only the caller could see. */
    public void problem(String key, String sentence) {
        problems.add(prefix + key + " " + sentence);
    }

    /** Remembers a problem for each key of this section that nobody asked for. */
    public void reportUnknownKeys() {
        for (String key : values.fieldNames()) {
            if (!asked.contains(key)) {
                String hint = Suggestion.nearest(key, asked)
                        .map(known -> "; did you mean \"" + known + "\"?")
                        .orElse("; known here are " + String.join(", ", asked));
                problem(key, "is not a setting" + hint);
            }
        }
    }

    /**
     * Ends the reading.
     *
     * @throws ConfigurationException when there were problems; names all of them
     */
    public void finish() {
        reportUnknownKeys();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(source, problems);
        }
    }

    private Settings within(String key, JsonObject section) {
        String environmentKey = environmentPrefix + environmentName(key) + "_";
        return new Settings(source, prefix + key + ".", section, environment, environmentKey, problems);
    }

    private <T> T read(String key, T absent, String wanted, Function<Object, @Nullable T> reader) {
        Object value = raw(key);
        if (value == null) {
            return absent;
        }
        T read;
        try {
            read = reader.apply(value);
        } catch (IllegalArgumentException | ClassCastException e) {
            read = null;
        }
        if (read == null) {
            problem(key, "must be " + wanted + ", not " + shown(value));
            return absent;
        }
        return read;
    }

    private @Nullable Object raw(String key) {
        asked.add(key);
        String overriding = environment.get(environmentPrefix + environmentName(key));
        return overriding != null ? overriding : values.getValue(key);
    }

    private static String environmentName(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    }

    private static String scalar(@Nullable Object value) {
        if (value == null || value instanceof JsonObject || value instanceof JsonArray) {
            throw new IllegalArgumentException("a single value is needed");
        }
        return value.toString();
    }

    private static URI httpUrl(String text) {
        URI url = URI.create(text);
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new IllegalArgumentException("an absolute http or https URL is needed");
        }
        return url;
    }

    private static String shown(Object value) {
        String text = value.toString();
        return "\"" + (text.length() <= 60 ? text : text.substring(0, 60) + "…") + "\"";
    }
}
