package io.flamenco.server.compile;

import io.flamenco.shared.plugin.JobCompiler;
import io.flamenco.shared.plugin.JobToCompile;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.TaskDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Renders all frames with few samples first and then ever more, so that people can look at a noisy film early. */
final class ProgressiveCompiler implements JobCompiler {

    private static final Set<String> FORMATS = Set.of("OPEN_EXR", "EXR");
    private static final double MOST_SAMPLES = 1_000_000;

    @Override
    public String jobType() {
        return "blender-render-progressive";
    }

    @Override
    public String description() {
        return "Renders with Cycles in rounds of ever more samples, with a preview after each. Without denoising.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                Describe.FILEPATH,
                Describe.RENDER_OUTPUT,
                Describe.FRAMES,
                Describe.CHUNK_SIZE,
                Describe.required("format", SettingDescription.Type.TEXT, "OPEN_EXR", "Format", "Must be OPEN_EXR."),
                samples("cycles_sample_count", "Samples", "How many samples each frame gets in the end."),
                samples("cycles_sample_cap", "Samples per task", "How many samples a Worker renders in one go."),
                Describe.required("fps", SettingDescription.Type.NUMBER, 24, "Frames per second", "Of the preview."),
                Describe.required(
                        "blender_cmd",
                        SettingDescription.Type.TEXT,
                        "{blender}",
                        "Blender",
                        "The program, or its variable."),
                Describe.RNA_OVERRIDES);
    }

    private static SettingDescription samples(String name, String label, String help) {
        return new SettingDescription(
                name, SettingDescription.Type.INTEGER, true, null, 1.0, MOST_SAMPLES, List.of(), label, help);
    }

    @Override
    public List<String> check(JobToCompile job) {
        Object old = job.settings().get("cycles_num_chunks");
        if (old instanceof Number number ? number.intValue() != 0 : old != null && !Boolean.FALSE.equals(old)) {
            return List.of("The setting \"cycles_num_chunks\" is no longer used; upgrade the Blender add-on, which"
                    + " sends \"cycles_sample_cap\".");
        }
        List<String> problems = new ArrayList<>(BlenderJob.checkFile(job));
        if (job.settings().get("format") instanceof String format
                && !FORMATS.contains(format.toUpperCase(Locale.ROOT))) {
            problems.add("The setting \"format\" must be OPEN_EXR, not \"" + format + "\".");
        }
        if (job.settings().get("render_output") instanceof String output && !output.matches("(?s).*[^#]######")) {
            problems.add("The setting \"render_output\" must end in exactly six #.");
        }
        return problems;
    }

    @Override
    public List<TaskDraft> compile(JobToCompile job) throws CompilationFailure {
        JobSettings settings = new JobSettings(job.settings());
        ProgressiveTasks tasks = new ProgressiveTasks(job, settings);
        List<SampleChunk> chunks =
                SampleChunk.of(settings.positive("cycles_sample_count"), settings.positive("cycles_sample_cap"));
        tasks.begin();
        for (SampleChunk chunk : chunks) {
            tasks.addRound(chunk);
        }
        tasks.publish();
        return tasks.drafts();
    }
}
