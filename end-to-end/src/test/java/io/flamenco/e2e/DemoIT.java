package io.flamenco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.e2e.FlamencoProcess.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {

    private static final int FRAMES = 12;

    @Test
    void one_command_makes_pictures_without_blender(@TempDir Path directory) throws Exception {
        Path data = directory.resolve("demo");

        Outcome demo = demo(directory, Duration.ofMinutes(3), data, "--without-blender");

        assertThat(demo.exitCode()).as(demo.err()).isZero();
        List<Path> pictures = Pictures.below(data.resolve("pictures"));
        assertThat(pictures).hasSize(FRAMES);
        assertThat(demo.out())
                .contains(FRAMES + " frames are in " + pictures.getFirst().getParent());
        for (Path picture : pictures) {
            Pictures.assertShown(picture, 640, 360);
        }
        assertThat(demo.err()).as("nothing to worry about").isEmpty();
        assertThat(Files.getPosixFilePermissions(data)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void one_command_renders_with_blender(@TempDir Path directory) throws Exception {
        Wanted.program("blender");
        Wanted.program("ffmpeg");
        Path data = directory.resolve("demo");

        Outcome demo = demo(directory, Duration.ofMinutes(4), data);

        assertThat(demo.exitCode()).as(demo.err()).isZero();
        List<Path> pictures = Pictures.below(data.resolve("pictures"));
        assertThat(pictures).hasSize(FRAMES);
        for (Path picture : pictures) {
            Pictures.assertShown(picture, 480, 270);
        }
        try (var videos = Files.list(pictures.getFirst().getParent())
                .filter(file -> file.toString().endsWith(".mkv"))) {
            assertThat(videos)
                    .hasSize(1)
                    .allSatisfy(video -> assertThat(Files.size(video)).isPositive());
        }
    }

    private static Outcome demo(Path directory, Duration within, Path data, String... further) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("demo", "--once", "--server-port", "0", "--manager-port", "0", "--data", data.toString()));
        arguments.addAll(List.of(further));
        return FlamencoProcess.run(directory, within, arguments.toArray(String[]::new));
    }
}
