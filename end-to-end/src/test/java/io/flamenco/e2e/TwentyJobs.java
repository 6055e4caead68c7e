package io.flamenco.e2e;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ten jobs for each of two Managers: every job type, on both wherever it is quick. */
final class TwentyJobs {

    static final String NORTH = "north";
    static final String SOUTH = "south";
    static final int WIDTH = 64;
    static final int HEIGHT = 48;

    private static final int FIRST = 100;
    private static final int EARLY = 90;
    private static final int USUAL = 50;

    private final Path directory;
    private final Path scene;

    /**
     * A job that is wanted.
     *
     * @param files how many files with which extension are there in the end, directly in its directory
     */
    record Order(
            String name, String type, String manager, int priority, JsonObject settings, Map<String, Integer> files) {}

    /**
     * Jobs with results below a directory.
     *
     * @param scene the file for those that want Blender
     */
    TwentyJobs(Path directory, Path scene) {
        this.directory = directory;
        this.scene = scene;
    }

    /** All of them, in the order in which they are to be submitted. */
    List<Order> all() {
        List<Order> orders = new ArrayList<>();
        orders.add(sleep("nap", NORTH, EARLY, "1-3", 1));
        orders.add(sleep("nap", SOUTH, EARLY, "1-3", 1));
        orders.add(sleep("long", NORTH, FIRST, "1-4", 600));
        orders.add(sleep("long", SOUTH, FIRST, "1-10", 1));
        for (String manager : List.of(NORTH, SOUTH)) {
            orders.add(command("gate", manager, EARLY, "cp " + gate(manager) + " " + copy("gate", manager)));
            orders.add(command("command", manager, USUAL, "cp " + scene + " " + copy("command", manager)));
            orders.add(pictures("pattern", "test-pattern", manager));
            orders.add(film("film", "test-pattern", manager));
            orders.add(pictures("render", "blender-render", manager));
            orders.add(film("movie", "blender-render", manager));
            orders.add(edit(manager));
        }
        orders.add(progressive(NORTH));
        orders.add(sleep("siesta", SOUTH, USUAL, "1-3", 1));
        return orders;
    }

    /** What the job called "gate" of a Manager needs, and nobody makes until the test does. */
    Path gate(String manager) {
        return directory.resolve("gate-of-" + manager);
    }

    /** Where the results of a job go. */
    Path target(String job) {
        return directory.resolve("results").resolve(job).resolve("out");
    }

    private static String name(String kind, String manager) {
        return kind + "-" + manager;
    }

    private Path copy(String kind, String manager) {
        return target(name(kind, manager)).resolve("copy.txt");
    }

    private static Order sleep(String kind, String manager, int priority, String frames, int seconds) {
        JsonObject settings = frames(frames, 1).put("time_in_seconds", seconds);
        return new Order(name(kind, manager), "sleep", manager, priority, settings, Map.of());
    }

    private static Order command(String kind, String manager, int priority, String command) {
        JsonObject settings = new JsonObject().put("cmd", command);
        return new Order(name(kind, manager), "exec-command", manager, priority, settings, Map.of(".txt", 1));
    }

    private Order pictures(String kind, String type, String manager) {
        JsonObject settings = pictureSettings(kind, type, manager);
        return new Order(name(kind, manager), type, manager, USUAL, settings, Map.of(".png", 2));
    }

    private Order film(String kind, String type, String manager) {
        JsonObject settings = pictureSettings(kind, type, manager).put("fps", 24);
        return new Order(name(kind, manager), type, manager, USUAL, settings, Map.of(".png", 2, ".mkv", 1));
    }

    private JsonObject pictureSettings(String kind, String type, String manager) {
        JsonObject settings = rendering(kind, manager, 1);
        return type.equals("test-pattern")
                ? settings.put("width", WIDTH).put("height", HEIGHT)
                : settings.put("filepath", scene.toString())
                        .put("format", "PNG")
                        .put("images_or_video", "images")
                        .put("output_file_extension", ".png");
    }

    private Order progressive(String manager) {
        JsonObject settings = rendering("progressive", manager, 2)
                .put("filepath", scene.toString())
                .put("format", "OPEN_EXR")
                .put("cycles_sample_count", 21)
                .put("cycles_sample_cap", 21)
                .put("fps", 24)
                .put("blender_cmd", "{blender}");
        Map<String, Integer> files = Map.of(".exr", 2, ".jpg", 2, ".mkv", 1);
        String name = name("progressive", manager);
        return new Order(name, "blender-render-progressive", manager, USUAL, settings, files);
    }

    private Order edit(String manager) {
        JsonObject settings = rendering("edit", manager, 1)
                .put("filepath", scene.toString())
                .put("output_file_extension", ".mkv")
                .put("images_or_video", "video")
                .put("fps", 24)
                .put("extract_audio", false);
        return new Order(name("edit", manager), "blender-video-chunks", manager, USUAL, settings, Map.of(".mkv", 1));
    }

    private JsonObject rendering(String kind, String manager, int chunk) {
        Path pattern = target(name(kind, manager)).resolve("frame-######");
        return frames("1-2", chunk).put("render_output", pattern.toString());
    }

    private static JsonObject frames(String frames, int chunk) {
        return new JsonObject().put("frames", frames).put("chunk_size", chunk);
    }
}
