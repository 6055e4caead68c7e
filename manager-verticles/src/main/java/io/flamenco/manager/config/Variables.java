package io.flamenco.manager.config;

import io.flamenco.shared.wire.Notification.Value;
import io.flamenco.shared.wire.Notification.Variable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts that differ by platform and reader, and stand in tasks as {@code {name}}.
 *
 * <p>Expansion is one pass: a value that holds another placeholder is not expanded again, so the outcome does not depend
 * on any order. A later value of a variable wins over an earlier one for the same platform and audience.
 */
public final class Variables {

    /** Expanded only. */
    public static final String ONEWAY = "oneway";

    /** A path that clients also turn back into its placeholder. */
    public static final String TWOWAY = "twoway";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)}");

    private final Map<String, Variable> byName;
    private final Map<Reader, Map<String, String>> lookup = new java.util.HashMap<>();

    private record Reader(String audience, String platform) {}

    /** Variables by name. */
    public Variables(Map<String, Variable> byName) {
        this.byName = Collections.unmodifiableMap(new TreeMap<>(byName));
        this.byName.forEach(this::index);
    }

    /** All of them by name, as the Server is told; each value names its audience. */
    public Map<String, Variable> byName() {
        return byName;
    }

    /** The text as a Worker of that platform needs it; placeholders that are not defined for it stay. */
    public String expandForWorker(String text, String platform) {
        return expand(text, "workers", platform);
    }

    /**
     * The text with each known placeholder replaced.
     *
     * @param audience {@code workers} or {@code users}
     * @param platform such as {@code linux}
     */
    public String expand(String text, String audience, String platform) {
        Map<String, String> values = lookup.get(new Reader(audience, platform));
        if (values == null || text.indexOf('{') < 0) {
            return text;
        }
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
    }

    private void index(String name, Variable variable) {
        for (Value value : variable.values()) {
            String text = variable.direction().equals(TWOWAY) ? value.value().replaceAll("/+$", "") : value.value();
            for (String platform : platforms(value)) {
                for (String audience : audiences(value)) {
                    lookup.computeIfAbsent(new Reader(audience, platform), reader -> new TreeMap<>())
                            .put(name, text);
                }
            }
        }
    }

    private static List<String> platforms(Value value) {
        List<String> platforms = new ArrayList<>();
        if (value.platforms() != null) {
            platforms.addAll(value.platforms());
        }
        if (value.platform() != null) {
            platforms.add(value.platform());
        }
        return platforms;
    }

    private static List<String> audiences(Value value) {
        String audience = value.audience();
        return audience == null || audience.isEmpty() || audience.equals("all")
                ? List.of("workers", "users")
                : List.of(audience);
    }
}
