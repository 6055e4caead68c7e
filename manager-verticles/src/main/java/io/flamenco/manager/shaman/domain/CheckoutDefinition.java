package io.flamenco.manager.shaman.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which files a checkout consists of, line by line: checksum, size and path, one space between them (Flamenco 2 protocol).
 *
 * @param entries in the order of the lines
 */
public record CheckoutDefinition(List<Entry> entries) {

    private static final int LEAST_CHECKSUM = 16;
    private static final int PARTS = 3;

    public CheckoutDefinition {
        entries = List.copyOf(entries);
    }

    /**
     * One file.
     *
     * @param line counted from 1, blank lines too
     * @param path relative, in the form that {@link PathRules} asks for
     */
    public record Entry(int line, FileKey key, String path) {}

    /**
     * Reads a definition.
     *
     * @throws DefinitionException for the first line that is wrong
     */
    public static CheckoutDefinition parse(String text) {
        List<Entry> entries = new ArrayList<>();
        int line = 0;
        for (String raw : text.split("\n", -1)) {
            line++;
            String trimmed = raw.strip();
            if (!trimmed.isEmpty()) {
                entries.add(entry(line, trimmed));
            }
        }
        return new CheckoutDefinition(entries);
    }

    /** Each file once, with the path under which it comes first. */
    public Map<FileKey, String> distinct() {
        Map<FileKey, String> distinct = new LinkedHashMap<>();
        entries.forEach(entry -> distinct.putIfAbsent(entry.key(), entry.path()));
        return distinct;
    }

    /**
     * Checks that the paths can stand in one directory tree.
     *
     * @throws DefinitionException when a path comes twice, or is a directory of another one
     */
    public CheckoutDefinition requireOneTree() {
        Set<String> files = new HashSet<>();
        Map<String, String> directories = new HashMap<>();
        for (Entry entry : entries) {
            if (!files.add(entry.path())) {
                throw new DefinitionException(entry.line(), "the path \"" + entry.path() + "\" comes twice");
            }
            for (int slash = entry.path().indexOf('/');
                    slash > 0;
                    slash = entry.path().indexOf('/', slash + 1)) {
                directories.putIfAbsent(entry.path().substring(0, slash), entry.path());
            }
        }
        for (Entry entry : entries) {
            String other = directories.get(entry.path());
            if (other != null) {
                throw new DefinitionException(
                        entry.line(), "the path \"" + entry.path() + "\" is a directory of \"" + other + "\"");
            }
        }
        return this;
    }

    private static Entry entry(int line, String text) {
        String[] parts = text.split(" ", PARTS);
        if (parts.length < PARTS) {
            throw new DefinitionException(line, "a line takes a checksum, a size and a path, with one space between");
        }
        String path = parts[2].strip();
        PathRules.problem(path).ifPresent(problem -> {
            throw new DefinitionException(line, problem);
        });
        return new Entry(line, key(line, parts[0], parts[1]), path);
    }

    private static FileKey key(int line, String checksum, String size) {
        if (checksum.length() < LEAST_CHECKSUM) {
            throw new DefinitionException(line, "the checksum \"" + checksum + "\" is too short");
        }
        try {
            return new FileKey(checksum, Long.parseLong(size));
        } catch (NumberFormatException e) {
            throw new DefinitionException(line, "the size \"" + size + "\" is no whole number of bytes");
        } catch (IllegalArgumentException e) {
            throw new DefinitionException(line, String.valueOf(e.getMessage()));
        }
    }
}
