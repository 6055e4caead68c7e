package io.flamenco.worker.domain;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What lines of Blender's output tell, besides render progress. */
public final class BlenderOutput {

    private static final Pattern SAVED = Pattern.compile("Saved: '(.*)'");
    private static final String PATH_WARNING = "Warning: Path '";
    private static final Pattern LOADING =
            Pattern.compile("(?:[\\d:.]+\\s+\\S+\\s*\\|\\s*)?(?:Read blend:|Info: Read library:).*");

    private BlenderOutput() {}

    /** The file that was written. */
    public static Optional<String> saved(String line) {
        Matcher matcher = SAVED.matcher(line);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Whether a file is missing, which Blender only warns of. */
    public static boolean missesFile(String line) {
        int path = line.indexOf(PATH_WARNING);
        return line.contains("Warning: Unable to open")
                || (path >= 0 && line.indexOf("' not found", path + PATH_WARNING.length()) >= 0);
    }

    /** Whether the blend file, or one that it refers to, is being read. */
    public static boolean loads(String line) {
        return LOADING.matcher(line).matches();
    }
}
