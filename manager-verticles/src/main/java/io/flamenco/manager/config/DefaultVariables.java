package io.flamenco.manager.config;

import static io.flamenco.manager.config.Variables.ONEWAY;
import static io.flamenco.manager.config.Variables.TWOWAY;

import io.flamenco.shared.wire.Notification.Value;
import io.flamenco.shared.wire.Notification.Variable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The variables that exist unless a file says otherwise, as in the Flamenco 2 Manager. */
final class DefaultVariables {

    private static final String LINUX = "linux";
    private static final String WINDOWS = "windows";
    private static final String DARWIN = "darwin";

    private DefaultVariables() {}

    /**
     * Those of the current layout.
     *
     * @param checkouts where this machine finds the checkouts of the file store
     */
    static Map<String, Variable> current(Path checkouts) {
        return Map.of(
                "blender",
                new Variable(
                        ONEWAY,
                        List.of(
                                new Value("users", LINUX, null, "/linux/path/to/blender"),
                                new Value("workers", LINUX, null, "/farm/path/to/blender"),
                                new Value("all", WINDOWS, null, "C:/windows/path/to/blender.exe"),
                                new Value("all", DARWIN, null, "/Volumes/Applications/Blender/blender"))),
                "ffmpeg",
                forAll(
                        ONEWAY,
                        "/usr/bin/ffmpeg",
                        "C:/windows/path/to/ffmpeg.exe",
                        "/Volumes/Applications/FFmpeg/ffmpeg"),
                "shaman",
                shaman(checkouts.toAbsolutePath().normalize().toString()),
                "render",
                forAll(TWOWAY, "/shared/flamenco/render", "S:/flamenco/render", "/Volumes/Shared/flamenco/render"),
                "job_storage",
                forAll(TWOWAY, "/shared/flamenco/jobs", "S:/flamenco/jobs", "/Volumes/Shared/flamenco/jobs"));
    }

    static Map<String, Map<String, String>> oldVariables() {
        return Map.of(
                "blender",
                byPlatform(
                        "/linux/path/to/blender",
                        "C:/windows/path/to/blender.exe",
                        "/Volume/Applications/Blender/blender"),
                "ffmpeg",
                byPlatform("/usr/bin/ffmpeg", "C:/windows/path/to/ffmpeg.exe", "/Volume/Applications/FFmpeg/ffmpeg"));
    }

    static Map<String, Map<String, String>> oldPathReplacements() {
        return Map.of(
                "render",
                byPlatform("/render", "R:", "/Volume/render"),
                "job_storage",
                byPlatform("/shared/flamenco-jobs", "S:", "/Volume/shared/flamenco-jobs"));
    }

    private static Variable shaman(String checkouts) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return forAll(
                ONEWAY,
                system.startsWith("linux") ? checkouts : "/shared/flamenco/jobs",
                system.startsWith("windows") ? checkouts : "S:/flamenco/jobs",
                system.startsWith("mac") ? checkouts : "/Volumes/Shared/flamenco/jobs");
    }

    private static Variable forAll(String direction, String linux, String windows, String darwin) {
        return new Variable(
                direction,
                List.of(
                        new Value("all", LINUX, null, linux),
                        new Value("all", WINDOWS, null, windows),
                        new Value("all", DARWIN, null, darwin)));
    }

    private static Map<String, String> byPlatform(String linux, String windows, String darwin) {
        return Map.of(LINUX, linux, WINDOWS, windows, DARWIN, darwin);
    }
}
