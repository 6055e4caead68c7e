package io.flamenco.server.compile;

import io.flamenco.shared.plugin.JobCompiler.CompilationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Splits and joins command lines by the rules of a POSIX shell, without expanding anything. */
final class ShellWords {

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9@%+=:,./_-]+");

    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean begun;

    private ShellWords() {}

    /**
     * The words of a command line.
     *
     * @throws CompilationFailure when a quotation has no end
     */
    static List<String> split(String line) throws CompilationFailure {
        ShellWords words = new ShellWords();
        int at = 0;
        while (at < line.length()) {
            at = words.read(line, at);
        }
        words.end();
        return words.words;
    }

    /** One command line of these words, each quoted when a shell would take it for something else. */
    static String join(List<String> words) {
        return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
    }

    private int read(String line, int at) throws CompilationFailure {
        char c = line.charAt(at);
        return switch (c) {
            case ' ', '\t', '\r', '\n' -> {
                end();
                yield at + 1;
            }
            case '\'' -> singleQuoted(line, at);
            case '"' -> doubleQuoted(line, at);
            case '\\' -> {
                if (at + 1 == line.length()) {
                    throw new CompilationFailure("The command ends in a backslash that escapes nothing.");
                }
                yield add(line.charAt(at + 1), at + 2);
            }
            default -> add(c, at + 1);
        };
    }

    private int singleQuoted(String line, int at) throws CompilationFailure {
        int close = line.indexOf('\'', at + 1);
        if (close < 0) {
            throw unclosed();
        }
        begun = true;
        word.append(line, at + 1, close);
        return close + 1;
    }

    private int doubleQuoted(String line, int at) throws CompilationFailure {
        begun = true;
        int i = at + 1;
        while (i < line.length() && line.charAt(i) != '"') {
            boolean escape = line.charAt(i) == '\\' && i + 1 < line.length() && "\"\\".indexOf(line.charAt(i + 1)) >= 0;
            word.append(line.charAt(escape ? i + 1 : i));
            i += escape ? 2 : 1;
        }
        if (i >= line.length()) {
            throw unclosed();
        }
        return i + 1;
    }

    private int add(char c, int next) {
        begun = true;
        word.append(c);
        return next;
    }

    private void end() {
        if (begun) {
            words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
    }

    private static String quoted(String word) {
        return HARMLESS.matcher(word).matches() ? word : "'" + word.replace("'", "'\"'\"'") + "'";
    }

    private static CompilationFailure unclosed() {
        return new CompilationFailure("The command opens a quotation that it does not close.");
    }
}
