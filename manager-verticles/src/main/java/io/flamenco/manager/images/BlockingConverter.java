package io.flamenco.manager.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Has another program convert a picture that Java cannot read: FFmpeg or ImageMagick, whichever is there. Blocks.
 *
 * <p>The format is always told to the program by us and never guessed by it, since a guessed format may be a play list that
 * leads it elsewhere. A program that takes too long is killed with all that it started.
 */
final class BlockingConverter {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final String MOST_PIXELS = Integer.toString(1 << 28);
    private static final String FIT = "scale='min(1920,iw)':'min(1080,ih)':force_original_aspect_ratio=decrease";

    /**
     * Writes a JPEG of at most 1920 by 1080.
     *
     * @param source full path of a plain file whose name tells its format
     * @throws IOException when neither program is there, or could read the file
     */
    void convert(Path source, Path target) throws IOException {
        IOException failure = new IOException("neither FFmpeg nor ImageMagick is installed on the Manager's machine");
        for (List<String> command : List.of(ffmpeg(source, target), magick(source, target))) {
            try {
                run(command);
                if (Files.size(target) > 0) {
                    return;
                }
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    private static List<String> ffmpeg(Path source, Path target) {
        List<String> command =
                new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-max_pixels", MOST_PIXELS));
        if (PictureFormats.extension(source.toString()).equals("exr")) {
            command.addAll(List.of("-apply_trc", "iec61966_2_1"));
        }
        command.addAll(List.of("-f", "image2", "-pattern_type", "none", "-i", source.toString()));
        command.addAll(List.of("-frames:v", "1", "-vf", FIT, "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", "3"));
        command.addAll(List.of("-f", "image2", "-update", "1", "-y", target.toString()));
        return command;
    }

    private static List<String> magick(Path source, Path target) {
        String format = PictureFormats.extension(source.toString()).toUpperCase(Locale.ROOT);
        return List.of(
                "magick",
                "-limit",
                "area",
                "256MP",
                format + ":" + source + "[0]",
                "-resize",
                "1920x1080>",
                "-quality",
                "85",
                "JPEG:" + target);
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException(command.getFirst() + " took longer than " + LONGEST.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(command.getFirst() + " ended with exit code " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command.getFirst() + " was interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
