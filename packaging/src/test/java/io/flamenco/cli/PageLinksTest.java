package io.flamenco.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages for people lead to pages, pictures and headings that are there. */
class PageLinksTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @Test
    void no_link_leads_nowhere() throws Exception {
        List<Path> pages = pages();

        assertThat(pages).hasSizeGreaterThan(20).contains(ROOT.resolve("README.md"));
        assertThat(pages.stream().flatMap(PageLinksTest::broken)).isEmpty();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static Stream<String> broken(Path page) {
        return LINK.matcher(text(page))
                .results()
                .filter(link -> !leadsSomewhere(page, link))
                .map(link -> ROOT.relativize(page) + ": " + link.group());
    }

    private static boolean leadsSomewhere(Path page, MatchResult link) {
        Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
        return Files.exists(target)
                && (link.group(2) == null
                        || HEADING.matcher(text(target))
                                .results()
                                .anyMatch(heading -> anchor(heading.group(1)).equals(link.group(2))));
    }

    /** What a heading is called in addresses: small letters, dashes for spaces, nothing else. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
