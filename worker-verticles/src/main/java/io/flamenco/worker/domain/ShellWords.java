package io.flamenco.worker.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Command lines as a POSIX shell reads and writes them: words, quotes and back-slashes, but no expansion. */
public final class ShellWords {

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9@%+=:,./_-]+");

    private final String text;
    private final boolean backslashEscapes;
    private final List<String> words = new ArrayList<>();
    private @Nullable StringBuilder word;
    private int at;

    private ShellWords(String text, boolean backslashEscapes) {
        this.text = text;
        this.backslashEscapes = backslashEscapes;
    }

    /**
     * Splits a command line.
     *
     * @param backslashEscapes false on Windows, where a back-slash separates directories
     * @throws IllegalArgumentException when a quote is not closed or a back-slash ends the text
     */
    public static List<String> split(String text, boolean backslashEscapes) {
        return new ShellWords(text, backslashEscapes).split();
    }

    /** The command line that gives these words, for people to read and copy. */
    public static String join(List<String> words) {
        return words.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
    }

    private static String quote(String word) {
        return SAFE.matcher(word).matches() ? word : "'" + word.replace("'", "'\"'\"'") + "'";
    }

    private List<String> split() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case ' ', '\t', '\r', '\n' -> endWord();
                case '\'' -> quoted('\'', false);
                case '"' -> quoted('"', backslashEscapes);
                default -> plain(c);
            }
        }
        endWord();
        return List.copyOf(words);
    }

    private void plain(char c) {
        if (c != '\\' || !backslashEscapes) {
            word().append(c);
        } else if (at == text.length()) {
            throw new IllegalArgumentException("the command line ends with a back-slash that escapes nothing");
        } else {
            word().append(text.charAt(at++));
        }
    }

    private void quoted(char quote, boolean escapes) {
        StringBuilder current = word();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            boolean escaped = escapes && c == '\\' && at < text.length() && "\"\\".indexOf(text.charAt(at)) >= 0;
            current.append(escaped ? text.charAt(at++) : c);
        }
        if (at == text.length()) {
            throw new IllegalArgumentException("the command line has an opening " + quote + " without a closing one");
        }
        at++;
    }

    private StringBuilder word() {
        if (word == null) {
            word = new StringBuilder();
        }
        return word;
    }

    private void endWord() {
        if (word != null) {
            words.add(word.toString());
            word = null;
        }
    }
}
