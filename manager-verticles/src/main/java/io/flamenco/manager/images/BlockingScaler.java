package io.flamenco.manager.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import net.coobird.thumbnailator.Thumbnails;

/** Makes the picture for browsers from a file that a Worker named. Blocks: call it off the event loops. */
final class BlockingScaler {

    static final int WIDEST = 1920;
    static final int HIGHEST = 1080;

    private static final int SMALL_WIDTH = 320;
    private static final int SMALL_HEIGHT = 180;
    private static final double QUALITY = 0.85;
    private static final double SMALL_QUALITY = 0.65;
    private static final long MOST_BYTES = 1L << 30;
    private static final long MOST_PIXELS = 1L << 28;

    private final BlockingConverter converter;

    BlockingScaler(BlockingConverter converter) {
        this.converter = converter;
    }

    /**
     * Writes the picture as a JPEG of at most 1920 by 1080; a smaller one keeps its size. The target is replaced in one
     * step, so nobody sees half of it.
     *
     * @throws IOException when the source is no plain file, not a picture, too large, or not readable
     */
    void scale(String source, Path target) throws IOException {
        Path file = checked(source);
        Path temporary = Files.createTempFile(directoryOf(target), ".picture-", ".jpg");
        try {
            if (PictureFormats.needsConverter(source)) {
                converter.convert(file, temporary);
            } else {
                scaleOurselves(file, temporary);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** What a picture for browsers looks like in small: a JPEG of at most 320 by 180, which is some 5 kB. */
    byte[] preview(Path picture) throws IOException {
        BufferedImage image = read(picture);
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        Thumbnails.of(image)
                .scale(Math.min(
                        1,
                        Math.min((double) SMALL_WIDTH / image.getWidth(), (double) SMALL_HEIGHT / image.getHeight())))
                .outputFormat("jpg")
                .outputQuality(SMALL_QUALITY)
                .toOutputStream(jpeg);
        return jpeg.toByteArray();
    }

    /** Devices, pipes and directories must not even be opened: reading them may never end. */
    private static Path checked(String source) throws IOException {
        Path file = path(source);
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!file.isAbsolute() || !attributes.isRegularFile()) {
            throw new IOException("it is not the full path of a plain file");
        }
        if (attributes.size() == 0 || attributes.size() > MOST_BYTES) {
            throw new IOException("it has " + attributes.size() + " bytes, 1 to " + MOST_BYTES + " are looked at");
        }
        return file;
    }

    private static Path path(String source) throws IOException {
        try {
            return Path.of(source);
        } catch (InvalidPathException e) {
            throw new IOException("it is no path on this system", e);
        }
    }

    private static void scaleOurselves(Path file, Path target) throws IOException {
        BufferedImage image = read(file);
        double factor = Math.min(1, Math.min((double) WIDEST / image.getWidth(), (double) HIGHEST / image.getHeight()));
        Thumbnails.of(image)
                .scale(factor)
                .imageType(BufferedImage.TYPE_INT_RGB)
                .outputFormat("jpg")
                .outputQuality(QUALITY)
                .toFile(target.toFile());
    }

    /** Large pictures are thinned out while they are read, so that they never lie in memory whole. */
    private static BufferedImage read(Path file) throws IOException {
        try (ImageInputStream input = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                throw new IOException("it is no picture of a known format");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(input, true, true);
                return reader.read(0, thinnedOut(reader));
            } finally {
                reader.dispose();
            }
        } catch (RuntimeException e) {
            throw new IOException("it is damaged", e);
        }
    }

    private static ImageReadParam thinnedOut(ImageReader reader) throws IOException {
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        if (width * height > MOST_PIXELS) {
            throw new IOException("it has " + width + " × " + height + " pixels, which is more than is looked at");
        }
        int step = (int) Math.max(1, Math.min(width / (2 * WIDEST), height / (2 * HIGHEST)));
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceSubsampling(step, step, 0, 0);
        return param;
    }

    private static Path directoryOf(Path target) throws IOException {
        Path directory = target.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException(target + " has no directory");
        }
        return Files.createDirectories(directory);
    }
}
