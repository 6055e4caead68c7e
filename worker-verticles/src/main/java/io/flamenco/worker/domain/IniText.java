package io.flamenco.worker.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The INI files of the original Worker: sections of keys and values, parted by {@code =} or {@code :}. Keys ignore case. A
 * value may refer to others as {@code ${key}} or {@code ${section:key}}; {@code $$} is a dollar. Lines that start with
 * white space go on with the value before them.
 *
 * @param sections keys and values as they stand in the file, by section
 */
public record IniText(Map<String, Map<String, String>> sections) {

    private static final Pattern SECTION = Pattern.compile("\\[([^\\]]+)\\].*");
    private static final Pattern ENTRY = Pattern.compile("([^=:]+?)\\s*[=:]\\s*(.*)");
    private static final Pattern REFERENCE = Pattern.compile("\\$(?:(\\$)|\\{(?:([^:}]+):)?([^}]+)\\})");
    private static final int DEEPEST_REFERENCE = 10;

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException naming the line that is none of an INI file
     */
    public static IniText parse(String text) {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        Map<String, String> section = new LinkedHashMap<>();
        String key = "";
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("#") || stripped.startsWith(";")) {
                continue;
            }
            if (Character.isWhitespace(line.charAt(0)) && !key.isEmpty()) {
                section.merge(key, stripped, (before, more) -> before + "\n" + more);
                continue;
            }
            Matcher head = SECTION.matcher(stripped);
            Matcher entry = ENTRY.matcher(stripped);
            if (head.matches()) {
                section = sections.computeIfAbsent(head.group(1), name -> new LinkedHashMap<>());
                key = "";
            } else if (entry.matches() && !sections.isEmpty()) {
                key = entry.group(1).toLowerCase(Locale.ROOT);
                section.put(key, entry.group(2));
            } else {
                throw new IllegalArgumentException("line " + number + " is neither a [section] nor key = value");
            }
        }
        return new IniText(sections);
    }

    /** This file with another one laid over it, key by key. */
    public IniText with(IniText over) {
        Map<String, Map<String, String>> merged = new LinkedHashMap<>();
        sections.forEach((name, values) -> merged.put(name, new LinkedHashMap<>(values)));
        over.sections.forEach((name, values) ->
                merged.computeIfAbsent(name, absent -> new LinkedHashMap<>()).putAll(values));
        return new IniText(merged);
    }

    /**
     * The values of a section, with what they refer to in its place; empty when there is no such section.
     *
     * @throws IllegalArgumentException when one refers to what is not there, or to itself
     */
    public Map<String, String> section(String name) {
        Map<String, String> values = new LinkedHashMap<>();
        sections.getOrDefault(name, Map.of())
                .forEach((key, value) -> values.put(key, resolved(name, value, DEEPEST_REFERENCE)));
        return values;
    }

    private String resolved(String section, String value, int depth) {
        if (depth == 0) {
            throw new IllegalArgumentException("\"" + value + "\" refers to itself");
        }
        return REFERENCE
                .matcher(value)
                .replaceAll(reference -> Matcher.quoteReplacement(
                        reference.group(1) != null
                                ? "$"
                                : referred(
                                        Optional.ofNullable(reference.group(2)).orElse(section),
                                        reference.group(3),
                                        depth)));
    }

    private String referred(String section, String key, int depth) {
        String value = sections.getOrDefault(section, Map.of()).get(key.toLowerCase(Locale.ROOT));
        if (value == null) {
            throw new IllegalArgumentException("${" + section + ":" + key + "} refers to what is not there");
        }
        return resolved(section, value, depth - 1);
    }

    /** The text of a file with some values of a section replaced or added; everything else stays as it is. */
    public static String edited(String text, String section, Map<String, String> values) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int head = indexOfSection(lines, section);
        if (head < 0) {
            lines.add("[" + section + "]");
            head = lines.size() - 1;
        }
        for (Map.Entry<String, String> value : values.entrySet()) {
            put(lines, head, value.getKey(), value.getKey() + " = " + value.getValue());
        }
        return String.join("\n", lines) + "\n";
    }

    private static int indexOfSection(List<String> lines, String section) {
        for (int i = 0; i < lines.size(); i++) {
            Matcher head = SECTION.matcher(lines.get(i).strip());
            if (head.matches() && head.group(1).equals(section)) {
                return i;
            }
        }
        return -1;
    }

    private static void put(List<String> lines, int head, String key, String line) {
        for (int i = head + 1; i < lines.size(); i++) {
            String stripped = lines.get(i).strip();
            if (SECTION.matcher(stripped).matches()) {
                break;
            }
            Matcher entry = ENTRY.matcher(stripped);
            if (entry.matches() && entry.group(1).equalsIgnoreCase(key)) {
                lines.set(i, line);
                return;
            }
        }
        lines.add(head + 1, line);
    }
}
