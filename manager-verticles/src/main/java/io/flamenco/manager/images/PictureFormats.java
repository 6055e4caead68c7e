package io.flamenco.manager.images;

import java.util.Locale;
import java.util.Set;

/** Which files are pictures that can be shown, told by their names. */
final class PictureFormats {

    /** What Java reads itself. */
    private static final Set<String> OWN = Set.of("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff");

    /** What FFmpeg or ImageMagick read for us. */
    private static final Set<String> CONVERTED = Set.of("exr", "hdr", "webp", "tga", "dpx", "jp2");

    private PictureFormats() {}

    /** Whether the file may be a picture; films and everything else are not. */
    static boolean mayBePicture(String path) {
        return OWN.contains(extension(path)) || CONVERTED.contains(extension(path));
    }

    /** Whether the picture has to be converted by another program. */
    static boolean needsConverter(String path) {
        return CONVERTED.contains(extension(path));
    }

    /** The lower-case ending of the name, without dot. */
    static String extension(String path) {
        return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
