package io.flamenco.server.compile;

import static io.flamenco.server.compile.Drafts.command;

import io.flamenco.shared.plugin.JobCompiler.CompilationFailure;
import io.flamenco.shared.plugin.JobToCompile;
import io.flamenco.shared.wire.TaskCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the Blender job types have in common. */
final class BlenderJob {

    private static final String BLEND = ".blend";
    private static final String OVERRIDES_HEADER = """
            # Written by Flamenco from the overrides of this job.
            # The Worker loads this file after the .blend file beside it.
            import bpy

            """;

    private BlenderJob() {}

    /** Problems with {@code filepath}; it may be absent only while files are still being copied. */
    static List<String> checkFile(JobToCompile job) {
        Object filepath = job.settings().get("filepath");
        if (filepath == null) {
            return job.filesMayFollow() ? List.of() : List.of("The setting \"filepath\" is missing.");
        }
        return isBlend(filepath)
                ? List.of()
                : List.of("The setting \"filepath\" must be the path of a .blend file, not \"" + filepath + "\".");
    }

    /** The path of the Blender file. */
    static String file(JobSettings settings) throws CompilationFailure {
        String filepath = settings.text("filepath");
        if (!isBlend(filepath)) {
            throw new CompilationFailure("The setting \"filepath\" must be the path of a .blend file.");
        }
        return filepath;
    }

    /** The program to render with. */
    static String blender(JobSettings settings) throws CompilationFailure {
        return settings.optionalText("blender_cmd").orElse("{blender}");
    }

    /** Adds the task that writes the overrides, when there are any; returns what the render tasks wait for. */
    static List<Integer> overrides(JobSettings settings, Drafts drafts, List<Integer> parents)
            throws CompilationFailure {
        List<String> overrides = settings.texts("rna_overrides");
        if (overrides.isEmpty()) {
            return parents;
        }
        TaskCommand write = overridesCommand(file(settings), overrides);
        return List.of(drafts.add("rna-overrides", TaskTypes.FILE_MANAGEMENT, parents, write));
    }

    /** Writes the overrides where the Worker looks for them. */
    static TaskCommand overridesCommand(String filepath, List<String> overrides) {
        int end = filepath.toLowerCase(Locale.ROOT).lastIndexOf(BLEND);
        List<String> lines = new ArrayList<>(overrides);
        lines.add("");
        return command(
                "create_python_file",
                "filepath",
                filepath.substring(0, end) + "-overrides.py",
                "contents",
                OVERRIDES_HEADER + String.join("\n", lines));
    }

    private static boolean isBlend(Object filepath) {
        return filepath instanceof String text && text.toLowerCase(Locale.ROOT).endsWith(BLEND);
    }
}
