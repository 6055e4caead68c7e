package io.flamenco.worker.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be read from Blender's output; where the fixtures came from stands beside them. */
class BlenderOutputTest {

    @Test
    void catalogue_43_44_a_line_of_blender_2_7_is_read() {
        BlenderProgress progress = parse("Fra:10 Mem:17.52M (0.00M, Peak 33.47M) | Time:00:04.17 | Remaining:00:00.87"
                + " | Mem:1.42M, Peak:1.42M | Scene, RenderLayer | Path Tracing Tile 110/135");

        assertThat(progress)
                .isEqualTo(new BlenderProgress(
                        10,
                        "17.52M",
                        "33.47M",
                        OptionalDouble.of(4.17),
                        OptionalDouble.of(0.87),
                        "Path Tracing Tile 110/135",
                        OptionalDouble.of(110 / 135.0)));
    }

    @Test
    void catalogue_44_hours_and_other_alphabets_are_read() {
        BlenderProgress progress =
                parse("Fra:003 Mem:17.52G (0.00M, Peak 33G) | Time:03:00:04.17 | Remaining:44:00:00.87"
                        + " | Mem:1.42M, Peak:1.42M | Séance, RenderLayer | Ĉiuj kaheloj  ");

        assertThat(progress.frame()).isEqualTo(3);
        assertThat(progress.memory()).isEqualTo("17.52G");
        assertThat(progress.peakMemory()).isEqualTo("33G");
        assertThat(progress.seconds().orElseThrow()).isCloseTo(10804.17, within(0.001));
        assertThat(progress.remainingSeconds().orElseThrow()).isCloseTo(158400.87, within(0.001));
        assertThat(progress.status()).isEqualTo("Ĉiuj kaheloj");
    }

    @Test
    void lines_of_other_versions_are_read() throws Exception {
        List<BlenderProgress> read = lines("/blender/lines.txt").stream()
                .filter(line -> !line.startsWith("#"))
                .map(BlenderOutputTest::parse)
                .toList();

        assertThat(read).extracting(BlenderProgress::frame).containsExactly(125, 8, 1, 1, 2, 1, 1, 1);
        assertThat(read)
                .extracting(BlenderProgress::memory)
                .containsExactly("12.37M", "406.76M", "57.95M", "49.99M", "130.48M", "109.56M", "1699M", "");
        assertThat(read)
                .extracting(BlenderProgress::status)
                .containsExactly(
                        "Path Tracing Tile 1/16, Sample 10/10",
                        "Building BVH",
                        "Rendered 1/64 Tiles, Denoised 0 tiles",
                        "Rendered 6/510 Tiles",
                        "De-initializing execution",
                        "Rendering 25 / 64 samples",
                        "Sample 2/128",
                        "Rendering 25 / 64 samples");
        assertThat(read)
                .extracting(progress -> progress.fraction().orElse(-1))
                .containsExactly(1 / 16.0, -1.0, 1 / 64.0, 6 / 510.0, -1.0, 25 / 64.0, 2 / 128.0, 25 / 64.0);
        assertThat(read.get(6).remainingSeconds()).hasValue(156.11);
    }

    @Test
    void the_whole_output_of_blender_3_4_is_read() throws Exception {
        List<String> output = lines("/blender/blender-3.4.1-cycles.txt");

        List<BlenderProgress> progress = output.stream()
                .flatMap(line -> BlenderProgress.parse(line).stream())
                .toList();

        assertThat(progress).hasSize((int)
                output.stream().filter(line -> line.startsWith("Fra:")).count());
        assertThat(progress).extracting(BlenderProgress::frame).contains(1, 2, 3);
        assertThat(progress).allMatch(line -> line.peakMemory().equals("10.83M"));
        assertThat(progress)
                .filteredOn(line -> line.status().equals("Finished"))
                .hasSize(3);
        assertThat(output.stream().flatMap(line -> BlenderOutput.saved(line).stream()))
                .containsExactly("/tmp/bl/out/000001.png", "/tmp/bl/out/000002.png", "/tmp/bl/out/000003.png");
        assertThat(output.stream().filter(BlenderOutput::loads)).containsExactly("Read blend: /tmp/bl/cube.blend");
    }

    @Test
    void what_people_read_tells_what_remains() {
        String line = "Fra:10 Mem:17.52M (0.00M, Peak 33.47M) | Time:00:04.17 | Remaining:00:00.87 | Scene | Tile 1/2";

        assertThat(parse(line).activity(line)).isEqualTo("Fra:10 Mem:17.52M | Time:4.17 | Remaining:0.87 | Tile 1/2");
        String without = "Fra:2 Mem:130.48M (Peak 272.58M) | Time:00:07.64 | Compositing";
        assertThat(parse(without).activity(without)).isEqualTo(without);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Fra", "Fra:", "Fra:x Mem:1", " Fra:1 Mem:1M", "Saved: 'Fra:1'", "Fra:99999999999999 Mem:"})
    void other_lines_tell_no_progress(String line) {
        assertThat(BlenderProgress.parse(line)).isEmpty();
    }

    @Test
    void catalogue_45_missing_files_are_noticed() {
        assertThat(BlenderOutput.missesFile("Warning: Unable to open /path/to/texture.jpg"))
                .isTrue();
        assertThat(BlenderOutput.missesFile("Warning: Path '/path/to/lib.blend' not found, from linked data-block"))
                .isTrue();
        assertThat(BlenderOutput.missesFile("Warning: something else")).isFalse();
    }

    @Test
    void a_saved_file_may_have_quotes_in_its_name() {
        assertThat(BlenderOutput.saved("Saved: '/r/it's.png'")).contains("/r/it's.png");
        assertThat(BlenderOutput.saved("00:04.1  render | Saved: '/r/1.png'")).contains("/r/1.png");
        assertThat(BlenderOutput.saved("Saved session recovery")).isEmpty();
    }

    @Test
    void frames_are_read_as_blender_writes_them() {
        assertThat(FrameRange.parse("1..4, 10,12-13")).containsExactly(1, 2, 3, 4, 10, 12, 13);
        assertThat(FrameRange.parse("-2..-1")).containsExactly(-2, -1);
        assertThat(FrameRange.path("/out/######", 47)).isEqualTo("/out/000047");
        assertThat(FrameRange.path("/out/#1/##-x.png", 47)).isEqualTo("/out/#1/47-x.png");
        assertThat(FrameRange.path("/out/f", 47)).isEqualTo("/out/f0047");
    }

    private static BlenderProgress parse(String line) {
        Optional<BlenderProgress> progress = BlenderProgress.parse(line);
        return progress.orElseThrow(() -> new AssertionError("not read: " + line));
    }

    private static List<String> lines(String resource) throws Exception {
        try (InputStream file = Objects.requireNonNull(BlenderOutputTest.class.getResourceAsStream(resource))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
