package io.flamenco.manager.shaman.domain;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which paths a file of a checkout may have. They come from strangers and are used on all kinds of machines: relative, in
 * their shortest form, and nothing that any file system takes for something else than a name.
 */
public final class PathRules {

    private static final int LONGEST_PATH = 2000;
    private static final int LONGEST_NAME = 255;
    private static final Pattern DRIVE = Pattern.compile("^[A-Za-z]:.*", Pattern.DOTALL);
    private static final Pattern CONTROL = Pattern.compile(".*\\p{Cntrl}.*", Pattern.DOTALL);
    private static final Pattern DEVICE =
            Pattern.compile("(?i)(con|prn|aux|nul|conin\\$|conout\\$|com[0-9¹²³]|lpt[0-9¹²³])[ ]*(\\..*)?");

    private PathRules() {}

    /** What is wrong with the path; empty when it may be used. */
    public static Optional<String> problem(String path) {
        if (path.isEmpty() || path.equals(".")) {
            return Optional.of("the path names no file");
        }
        if (CONTROL.matcher(path).matches()) {
            return Optional.of("the path holds a control character");
        }
        if (path.startsWith("/") || DRIVE.matcher(path).matches()) {
            return Optional.of("the path \"" + path + "\" is absolute; it must be relative to the checkout");
        }
        if (path.contains("..") || path.indexOf('\\') >= 0) {
            return Optional.of("the path \"" + path + "\" holds \"..\" or a backslash");
        }
        if (bytes(path) > LONGEST_PATH) {
            return Optional.of("the path is longer than " + LONGEST_PATH + " bytes");
        }
        return nameProblem(path);
    }

    private static Optional<String> nameProblem(String path) {
        for (String name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".")) {
                return Optional.of("the path \"" + path + "\" is not in its shortest form");
            }
            if (bytes(name) > LONGEST_NAME) {
                return Optional.of("a name in the path is longer than " + LONGEST_NAME + " bytes");
            }
            if (DEVICE.matcher(name).matches()) {
                return Optional.of("the name \"" + name + "\" in the path is a device on Windows");
            }
        }
        return Optional.empty();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
