package io.flamenco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Looks at pictures. */
final class Pictures {

    /** A blank picture has one colour, noise or not a handful. */
    private static final int COLOURS_OF_A_REAL_PICTURE = 16;

    private Pictures() {}

    /** The pictures below a directory, in order. */
    static List<Path> below(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .toList();
        }
    }

    /** Asserts that it is whole, of that size, and shows something. */
    static void assertShown(Path file, int width, int height) throws IOException {
        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture).as("%s is a picture", file).isNotNull();
        assertThat(List.of(picture.getWidth(), picture.getHeight()))
                .as("size of %s", file)
                .containsExactly(width, height);
        assertThat(colours(picture)).as("colours in %s", file).hasSizeGreaterThan(COLOURS_OF_A_REAL_PICTURE);
    }

    private static Set<Integer> colours(BufferedImage picture) {
        return IntStream.range(0, picture.getHeight())
                .boxed()
                .flatMap(y -> IntStream.range(0, picture.getWidth()).mapToObj(x -> picture.getRGB(x, y)))
                .collect(Collectors.toSet());
    }
}
