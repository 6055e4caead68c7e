package io.flamenco.cli.farm;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The programs of this machine that Workers can use.
 *
 * @param blender renders; empty when it is not installed
 * @param ffmpeg makes videos; empty when it is not installed
 */
public record Installed(Optional<Path> blender, Optional<Path> ffmpeg) {

    private static final List<String> ALWAYS = List.of("sleep", "file-management", "debug", "test-pattern");

    /** What is installed here. */
    public static Installed here() {
        return new Installed(Programs.find("blender"), Programs.find("ffmpeg"));
    }

    /** The same without Blender. */
    public Installed withoutBlender() {
        return new Installed(Optional.empty(), ffmpeg);
    }

    /** Settings of the Manager under which {@code {blender}} and {@code {ffmpeg}} mean these programs. */
    JsonObject variables() {
        JsonObject variables = new JsonObject();
        blender.ifPresent(program -> variables.put("blender", oneway(program)));
        ffmpeg.ifPresent(program -> variables.put("ffmpeg", oneway(program)));
        return variables;
    }

    /** What Workers can do with them. */
    JsonArray taskTypes() {
        List<String> types = new ArrayList<>(ALWAYS);
        blender.ifPresent(program -> types.addAll(List.of("blender-render", "exr-merge")));
        ffmpeg.ifPresent(program -> types.add("video-encoding"));
        return new JsonArray(types);
    }

    private static JsonObject oneway(Path program) {
        JsonObject value = new JsonObject()
                .put("audience", "all")
                .put("platforms", new JsonArray().add("linux").add("darwin").add("windows"))
                .put("value", program.toString());
        return new JsonObject().put("direction", "oneway").put("values", new JsonArray().add(value));
    }
}
