package io.flamenco.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on security names tests that are there, and every section of the standard. */
class SecurityPageTest {

    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/security.md");
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))(?:#(\\w+))?`");
    private static final Pattern SECTION = Pattern.compile("(?m)^\\| (\\d+\\.\\d+(?:, \\d+\\.\\d+)*) \\|");

    /** Sections of the standard that have something to say at level 2. */
    private static final List<Integer> SECTIONS_OF_CHAPTERS = List.of(14, 10, 7, 3, 5, 4, 4, 3, 2, 3, 1, 6, 4, 5);

    /** 1.3, 1.13 and 3.6 hold nothing at level 2 that is not said elsewhere in the standard. */
    private static final List<String> EMPTY = List.of("1.3", "1.13", "3.6");

    private static List<String> sources(String test) {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(SecurityPageTest::below)
                    .filter(file -> file.endsWith(test + ".java"))
                    .map(SecurityPageTest::text)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<Path> below(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean exists(MatchResult named) {
        String method = named.group(2);
        return sources(named.group(1)).stream()
                .anyMatch(source -> method == null || source.contains(" " + method + "("));
    }

    @Test
    void every_test_that_is_named_exists() {
        List<String> missing = NAMED.matcher(text(PAGE))
                .results()
                .filter(named -> !exists(named))
                .map(MatchResult::group)
                .toList();

        assertThat(missing).isEmpty();
    }

    @Test
    void every_section_of_the_standard_is_answered() {
        List<String> answered = SECTION.matcher(text(PAGE))
                .results()
                .flatMap(row -> Stream.of(row.group(1).split(", ")))
                .toList();
        List<String> wanted = Stream.iterate(1, chapter -> chapter <= 14, chapter -> chapter + 1)
                .flatMap(chapter -> Stream.iterate(
                                1, section -> section <= SECTIONS_OF_CHAPTERS.get(chapter - 1), section -> section + 1)
                        .map(section -> chapter + "." + section))
                .collect(Collectors.toList());
        wanted.removeAll(EMPTY);

        assertThat(answered).containsAll(wanted);
    }
}
