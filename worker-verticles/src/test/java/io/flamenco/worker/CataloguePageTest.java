package io.flamenco.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that leads from the numbers of the original Worker's catalogue of tests to ours; none may be missing. */
class CataloguePageTest {

    private static final Path TESTS = Path.of("src/test/java");
    private static final Path PAGE = Path.of("../docs/test-catalogue-worker.md");
    private static final int LAST = 104;
    private static final Pattern NUMBERED = Pattern.compile("void (catalogue_((?:\\d+_)+)\\w+)\\(");

    /** What no test of this module can show. */
    private static final Map<Integer, String> BY_THE_BUILD = Map.of(
            LAST,
            "the build: every compilation runs Error Prone and NullAway with all warnings as errors;"
                    + " `HouseRulesTest#every_package_is_null_marked`");

    private static final String HEAD = """
            # The original Worker's catalogue of tests, and ours

            Made by `CataloguePageTest`, which fails when a number has no test. The names of our tests begin with the numbers that
            they show; one test may show several. What no number asks for has tests without numbers beside them.

            | number | what it is about | our tests |
            |---|---|---|
            """;

    @Test
    void every_number_has_a_test_and_the_page_names_it() throws IOException {
        Map<Integer, Set<String>> tests = tests();
        Map<Integer, String> about = about();
        assertThat(tests.keySet()).isEqualTo(about.keySet()).containsAll(numbers());

        StringBuilder page = new StringBuilder(HEAD);
        about.forEach((number, what) -> page.append("| ")
                .append(number)
                .append(" | ")
                .append(what)
                .append(" | ")
                .append(String.join("<br>", tests.get(number)))
                .append(" |\n"));
        String before = Files.exists(PAGE) ? Files.readString(PAGE) : "";
        if (!before.contentEquals(page)) {
            Files.writeString(PAGE, page);
        }
        assertThat(before)
                .as("docs/test-catalogue-worker.md was out of date and has been written anew; commit it")
                .isEqualTo(page.toString());
    }

    private static Set<Integer> numbers() {
        return IntStream.rangeClosed(1, LAST).boxed().collect(Collectors.toSet());
    }

    private static Map<Integer, String> about() throws IOException {
        Map<Integer, String> about = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/catalogue.txt"))) {
            int space = line.indexOf(' ');
            about.put(Integer.valueOf(line.substring(0, space)), line.substring(space + 1));
        }
        return about;
    }

    private static Map<Integer, Set<String>> tests() throws IOException {
        Map<Integer, Set<String>> tests = new TreeMap<>();
        BY_THE_BUILD.forEach((number, how) -> tests.put(number, Set.of(how)));
        try (Stream<Path> files = Files.walk(TESTS)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
                String type = String.valueOf(file.getFileName()).replace(".java", "");
                Matcher test = NUMBERED.matcher(Files.readString(file));
                while (test.find()) {
                    for (String number : test.group(2).split("_", -1)) {
                        if (!number.isEmpty()) {
                            tests.computeIfAbsent(Integer.valueOf(number), absent -> new TreeSet<>())
                                    .add("`" + type + "#" + test.group(1) + "`");
                        }
                    }
                }
            }
        }
        return tests;
    }
}
