package io.flamenco.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages on security name tests that are there, and every requirement of the standard. */
class SecurityPageTest {

    private static final Path ROOT = Path.of("..");
    private static final Path STANDARD = ROOT.resolve("docs/asvs.md");
    private static final List<Path> PAGES = List.of(STANDARD, ROOT.resolve("docs/security.md"));
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))(?:#(\\w+))?`");
    private static final Pattern ANSWER =
            Pattern.compile("(?m)^\\| (\\d+\\.\\d+\\.\\d+) \\| (?=.*(`|reason|the page itself|[A-Z]+\\.md|gap) \\|$)");

    /** The requirements of levels 1 and 2 of version 4.0.3, section by section. */
    private static final String REQUIREMENTS = """
            1.1:1-7 1.2:1-4 1.4:1,4-5 1.5:1-4 1.6:1-4 1.7:1-2 1.8:1-2 1.9:1-2 1.10:1 1.11:1-2 1.12:2 1.14:1-6
            2.1:1-12 2.2:1-3 2.3:1-3 2.4:1-5 2.5:1-7 2.6:1-3 2.7:1-6 2.8:1-7 2.9:1-3 2.10:1-4
            3.1:1 3.2:1-4 3.3:1-4 3.4:1-5 3.5:1-3 3.7:1
            4.1:1-3,5 4.2:1-2 4.3:1-3
            5.1:1-5 5.2:1-8 5.3:1-10 5.4:1-3 5.5:1-4
            6.1:1-3 6.2:1-6 6.3:1-2 6.4:1-2
            7.1:1-4 7.2:1-2 7.3:1,3-4 7.4:1-3
            8.1:1-4 8.2:1-3 8.3:1-8
            9.1:1-3 9.2:1-4
            10.2:1-2 10.3:1-3
            11.1:1-8
            12.1:1-3 12.2:1 12.3:1-6 12.4:1-2 12.5:1-2 12.6:1
            13.1:1,3-5 13.2:1-3,5-6 13.3:1-2 13.4:1-2
            14.1:1-4 14.2:1-6 14.3:2-3 14.4:1-7 14.5:1-4
            """;

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
        List<String> missing = PAGES.stream()
                .flatMap(page -> NAMED.matcher(text(page)).results())
                .filter(named -> !exists(named))
                .map(MatchResult::group)
                .distinct()
                .toList();

        assertThat(missing).isEmpty();
    }

    @Test
    void every_requirement_of_the_standard_is_answered() {
        List<String> answered = ANSWER.matcher(text(STANDARD))
                .results()
                .map(row -> row.group(1))
                .toList();
        List<String> wanted = Stream.of(REQUIREMENTS.split("\\s+"))
                .flatMap(SecurityPageTest::requirements)
                .toList();

        assertThat(wanted).hasSize(259);
        assertThat(answered).containsExactlyElementsOf(wanted);
    }

    /** Of one section, such as {@code 4.1:1-3,5}. */
    private static Stream<String> requirements(String section) {
        String[] parts = section.split(":");
        return Stream.of(parts[1].split(",")).flatMap(range -> {
            String[] ends = range.split("-");
            return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                    .mapToObj(number -> parts[0] + "." + number);
        });
    }
}
