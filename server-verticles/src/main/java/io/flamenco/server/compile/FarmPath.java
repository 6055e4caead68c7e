package io.flamenco.server.compile;

import io.flamenco.shared.plugin.JobCompiler.CompilationFailure;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A path on the farm. Workers run other systems than the Server and variables stand in for parts of paths, so this is
 * arithmetic on text with {@code /} as the only separator, as POSIX has it: double slashes and {@code /./} collapse, a
 * slash at the end is dropped, exactly two at the beginning stay, {@code ..} is kept.
 *
 * @param text in its normal form
 */
public record FarmPath(String text) {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    public FarmPath {
        text = normal(text);
    }

    /** The last component; empty for a root or the current directory. */
    public String name() {
        if (".".equals(text) || root(text).equals(text)) {
            return "";
        }
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /** The path above; that of a root is the root, that of a bare name is {@code .}. */
    public FarmPath parent() {
        String root = root(text);
        if (root.equals(text) && !root.isEmpty()) {
            return this;
        }
        int slash = text.lastIndexOf('/');
        if (slash < root.length()) {
            return new FarmPath(root.isEmpty() ? "." : root);
        }
        return new FarmPath(text.substring(0, slash));
    }

    /** A path below. */
    public FarmPath child(String name) {
        return new FarmPath(text + "/" + name);
    }

    /** The name without its last extension and without {@code .flamenco}. */
    public String stem() {
        String name = name();
        int dot = name.lastIndexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name).replace(".flamenco", "");
    }

    /**
     * The directory beside this one in which a job keeps what is not finished.
     *
     * @throws CompilationFailure when this directory has no name
     */
    public FarmPath intermediate(Instant jobCreated) throws CompilationFailure {
        if (name().isEmpty()) {
            throw new CompilationFailure("The directory \"" + text
                    + "\" has no name; give render_output a directory of its own, with forward slashes.");
        }
        return parent().child(name() + "__intermediate-" + STAMP.format(jobCreated));
    }

    private static String normal(String raw) {
        String root = root(raw);
        List<String> parts = new ArrayList<>();
        for (String part : raw.split("/")) {
            if (!part.isEmpty() && !".".equals(part)) {
                parts.add(part);
            }
        }
        String joined = root + String.join("/", parts);
        return joined.isEmpty() ? "." : joined;
    }

    private static String root(String raw) {
        if (!raw.startsWith("/")) {
            return "";
        }
        return raw.startsWith("//") && !raw.startsWith("///") ? "//" : "/";
    }

    @Override
    public String toString() {
        return text;
    }
}
