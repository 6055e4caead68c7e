package io.flamenco.worker.blocking.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;

/** Looks at pictures, videos and sounds that commands have made in a directory. */
final class MadeMedia {

    private final Path here;

    MadeMedia(Path directory) {
        here = directory;
    }

    /** What FFmpeg says of a file: the entries are named as it names them, such as {@code stream=width}. */
    String probe(String file, String entries) throws Exception {
        return output(
                        "ffprobe",
                        "-v",
                        "error",
                        "-count_frames",
                        "-show_entries",
                        entries,
                        "-of",
                        "csv=p=0",
                        here.resolve(file).toString())
                .strip();
    }

    /** How long a video or a sound lasts. */
    double seconds(String file) throws Exception {
        return Double.parseDouble(probe(file, "format=duration"));
    }

    /** How many colours the first picture in a file has; a blank one has few. */
    long colours(String file) throws Exception {
        Path picture = here.resolve("first-picture.png");
        String input = here.resolve(file).toString();
        output("ffmpeg", "-v", "error", "-y", "-i", input, "-frames:v", "1", picture.toString());
        BufferedImage image = ImageIO.read(picture.toFile());
        int width = image.getWidth();
        return Arrays.stream(image.getRGB(0, 0, width, image.getHeight(), null, 0, width))
                .distinct()
                .count();
    }

    /** The loudest moment in decibels below full; silence is -91. */
    double loudness(String file) throws Exception {
        String told =
                output("ffmpeg", "-i", here.resolve(file).toString(), "-vn", "-af", "volumedetect", "-f", "null", "-");
        return Double.parseDouble(told.replaceAll("(?s).*max_volume: (\\S+) dB.*", "$1"));
    }

    /** The largest difference of any colour of any pixel of each two files, told by Blender. */
    @SafeVarargs
    final List<Double> differences(List<String>... pairs) throws Exception {
        StringBuilder script = new StringBuilder("""
                import bpy
                def pixels(path):
                    image = bpy.data.images.load(path)
                    image.colorspace_settings.name = 'Non-Color'
                    return image.pixels[:]
                """);
        for (List<String> pair : pairs) {
            script.append("print('DIFFERENCE', max(abs(a - b) for a, b in zip(pixels('%s'), pixels('%s'))))\n"
                    .formatted(here.resolve(pair.get(0)), here.resolve(pair.get(1))));
        }
        return output("blender", "--background", "--factory-startup", "--python-expr", script.toString())
                .lines()
                .filter(text -> text.startsWith("DIFFERENCE"))
                .map(text -> Double.valueOf(text.substring("DIFFERENCE ".length())))
                .toList();
    }

    /** What a program prints, which must succeed. */
    static String output(String... arguments) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(arguments).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }
}
