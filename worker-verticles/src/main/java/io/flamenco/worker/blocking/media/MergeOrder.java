package io.flamenco.worker.blocking.media;

import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand.InvalidSettings;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Which renders are merged, and how much each counts.
 *
 * @param input1 a file, or the first of a sequence; its alpha and size are kept
 * @param weight1 the number of samples in it
 * @param input2 a file, or the first of a sequence
 * @param weight2 the number of samples in it
 * @param output the file to write, or with {@code #} the files
 */
record MergeOrder(String input1, int weight1, String input2, int weight2, String output) {

    static final List<SettingDescription> DESCRIPTIONS = List.of(
            Blender.COMMAND,
            SettingDescription.required(
                    "input1", SettingDescription.Type.PATH, "An EXR file; of a sequence the first one."),
            SettingDescription.required("input2", SettingDescription.Type.PATH, "Another one, of the same size."),
            SettingDescription.required("output", SettingDescription.Type.PATH, "What to write."),
            SettingDescription.required(
                    "weight1", SettingDescription.Type.INTEGER, "How much the first counts: its number of samples."),
            SettingDescription.required("weight2", SettingDescription.Type.INTEGER, "How much the second counts."));

    static MergeOrder read(CommandSettings settings) throws InvalidSettings {
        return new MergeOrder(
                input(settings, "input1"),
                settings.integer("weight1"),
                input(settings, "input2"),
                settings.integer("weight2"),
                settings.filledText("output"));
    }

    private static String input(CommandSettings settings, String key) throws InvalidSettings {
        String path = settings.filledText(key);
        if (!Files.exists(Path.of(path))) {
            throw new InvalidSettings("\"" + key + "\": Path " + path + " does not exist");
        }
        return path;
    }

    /** What our script reads. */
    JsonObject json(Path writeTo) {
        return new JsonObject()
                .put("input1", input1)
                .put("input2", input2)
                .put("weight1", weight1)
                .put("weight2", weight2)
                .put("output", writeTo.toString());
    }
}
