package io.flamenco.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that say which test holds what name only tests that are there, and leave out no number. */
class TestCatalogueTest {

    private static final Path PAGES = Path.of("../docs");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern NUMBERED = Pattern.compile("(?m)^\\| (\\d+(?:, \\d+)*) \\| .*");

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> files = Files.walk(TESTS)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith("Test.java")).toList()) {
                sources.put(String.valueOf(file.getFileName()).replace(".java", ""), Files.readString(file));
            }
        }
        return sources;
    }

    @ParameterizedTest
    @ValueSource(strings = {"test-catalogue-server.md", "compatibility-server.md"})
    void each_test_that_a_page_names_is_there(String page) throws IOException {
        Map<String, String> sources = sources();
        List<MatchResult> named =
                NAMED.matcher(Files.readString(PAGES.resolve(page))).results().toList();

        assertThat(named)
                .hasSizeGreaterThan(30)
                .allSatisfy(test -> assertThat(sources.getOrDefault(test.group(1), ""))
                        .as(test.group())
                        .contains("void " + test.group(2) + "("));
    }

    @ParameterizedTest
    @CsvSource({"test-catalogue-server.md, 70", "compatibility-server.md, 22"})
    void each_number_is_held_by_a_test_or_said_not_to_be_offered(String page, int last) throws IOException {
        List<MatchResult> rows = NUMBERED.matcher(Files.readString(PAGES.resolve(page)))
                .results()
                .toList();

        assertThat(rows)
                .allSatisfy(row -> assertThat(row.group()).containsPattern(NAMED + "|not offered|not needed here"));
        assertThat(rows.stream()
                        .flatMap(row -> Arrays.stream(row.group(1).split(", ")))
                        .map(Integer::valueOf))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, last).boxed().toList());
    }
}
