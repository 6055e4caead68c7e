package io.flamenco.server.compile;

import io.flamenco.shared.plugin.SettingDescription;
import java.util.List;

/** Words for settings that several job types share, and short forms for the others. */
final class Describe {

    static final SettingDescription FRAMES = required(
            "frames", SettingDescription.Type.FRAMES, "Frames", "Which frames to make, for example 1-30, 40-44.");
    static final SettingDescription CHUNK_SIZE = new SettingDescription(
            "chunk_size",
            SettingDescription.Type.INTEGER,
            true,
            1,
            1.0,
            1_000_000.0,
            List.of(),
            "Frames per task",
            "How many frames one Worker makes in one go.");
    static final SettingDescription RENDER_OUTPUT = required(
            "render_output",
            SettingDescription.Type.PATH,
            "Output",
            "Where the pictures go; a row of # in the file name stands for the frame number.");
    static final SettingDescription FILEPATH = required(
            "filepath",
            SettingDescription.Type.PATH,
            "Blender file",
            "The .blend file, as the Workers see it; variables may be used.");
    static final SettingDescription BLENDER_CMD = optional(
            "blender_cmd",
            SettingDescription.Type.TEXT,
            "{blender}",
            "Blender",
            "The program, or the variable that stands for it.");
    static final SettingDescription RNA_OVERRIDES = new SettingDescription(
            "rna_overrides",
            SettingDescription.Type.TEXT_LIST,
            false,
            null,
            null,
            null,
            List.of(),
            "Overrides",
            "Lines of Python that change the scene before rendering.");

    private Describe() {}

    static SettingDescription required(String name, SettingDescription.Type type, String label, String help) {
        return new SettingDescription(name, type, true, null, null, null, List.of(), label, help);
    }

    /** One that must be there, and what forms and the command line put there unless told otherwise. */
    static SettingDescription required(
            String name, SettingDescription.Type type, Object usual, String label, String help) {
        return new SettingDescription(name, type, true, usual, null, null, List.of(), label, help);
    }

    static SettingDescription optional(
            String name, SettingDescription.Type type, Object usual, String label, String help) {
        return new SettingDescription(name, type, false, usual, null, null, List.of(), label, help);
    }

    static SettingDescription optional(String name, SettingDescription.Type type, String label, String help) {
        return new SettingDescription(name, type, false, null, null, null, List.of(), label, help);
    }

    /** Frames per second, with what they are for. */
    static SettingDescription fps(String help) {
        return within("fps", SettingDescription.Type.NUMBER, 24, 0.001, 1_000, "Frames per second", help);
    }

    static SettingDescription within(
            String name,
            SettingDescription.Type type,
            Object usual,
            double least,
            double most,
            String label,
            String help) {
        return new SettingDescription(name, type, false, usual, least, most, List.of(), label, help);
    }

    /** A choice of which the first one is usual. */
    static SettingDescription choice(String name, boolean required, List<String> choices, String label, String help) {
        return new SettingDescription(
                name, SettingDescription.Type.TEXT, required, choices.getFirst(), null, null, choices, label, help);
    }
}
