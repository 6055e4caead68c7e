package io.flamenco.server.compile;

import io.flamenco.shared.wire.TaskCommand;
import io.flamenco.shared.wire.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Python lines that change a scene before it is rendered, for jobs that are compiled already. */
public final class Overrides {

    /** The task that writes them. */
    public static final String TASK_NAME = "rna-overrides";

    /** What a Worker must support to write them. */
    public static final String TASK_TYPE = TaskTypes.FILE_MANAGEMENT;

    /** The tasks that have to wait for them. */
    public static final String RENDER_TASK_TYPE = TaskTypes.BLENDER_RENDER;

    /** Written before the other tasks of a job, since rendering waits for them. */
    public static final int PRIORITY = 80;

    /** Per job type the task after which they are written; empty for none. */
    private static final Map<String, String> AFTER = Map.of(
            "blender-render", "",
            "blender-render-progressive", "destroy-preexisting-intermediate",
            "blender-video-chunks", "move-out-of-way");

    private Overrides() {}

    /**
     * What keeps a line from being Python.
     *
     * @param line which of the overrides, from 1; 0 when that cannot be told
     */
    public record Mistake(int line, String sentence) {}

    /** The name of the task after which they are written, empty when it is none; nothing for a job type without them. */
    public static Optional<String> after(String jobType) {
        return Optional.ofNullable(AFTER.get(jobType));
    }

    /** The commands of the task, as a JSON array; without overrides it writes a file that changes nothing. */
    public static Optional<String> commands(String filepath, List<String> overrides) {
        if (!filepath.toLowerCase(Locale.ROOT).contains(".blend")) {
            return Optional.empty();
        }
        TaskCommand command = BlenderJob.overridesCommand(filepath, overrides);
        return Optional.of(WireJson.write(List.of(command)).toString(StandardCharsets.UTF_8));
    }

    /**
     * Looks for what can be seen without a Python interpreter: brackets and quotation marks that are not closed, and
     * characters that no source may hold.
     */
    public static Optional<Mistake> mistake(List<String> overrides) {
        for (int i = 0; i < overrides.size(); i++) {
            String line = overrides.get(i);
            if (line.indexOf('\0') >= 0) {
                return Optional.of(new Mistake(0, "The overrides hold a NUL character."));
            }
            if (!balanced(line)) {
                return Optional.of(
                        new Mistake(i + 1, "Override " + (i + 1) + " opens or closes something only once: " + line));
            }
        }
        return Optional.empty();
    }

    private static boolean balanced(String line) {
        Deque<Character> open = new ArrayDeque<>();
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '#') {
                break;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (!bracket(c, open)) {
                return false;
            }
        }
        return quote == 0 && open.isEmpty();
    }

    private static boolean bracket(char c, Deque<Character> open) {
        switch (c) {
            case '(' -> open.push(')');
            case '[' -> open.push(']');
            case '{' -> open.push('}');
            case ')', ']', '}' -> {
                Character wanted = open.poll();
                return wanted != null && wanted == c;
            }
            default -> {
                return true;
            }
        }
        return true;
    }
}
