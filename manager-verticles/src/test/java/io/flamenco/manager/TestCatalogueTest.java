package io.flamenco.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/test-catalogue-manager.md} names every case, and only tests that there are. */
class TestCatalogueTest {

    private static final Path PAGE = Path.of("../docs/test-catalogue-manager.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)#(\\w+)`");
    private static final Pattern NUMBERS = Pattern.compile("(?m)^\\| ((?:[DS]-)?\\d+(?:, (?:[DS]-)?\\d+)*) \\|");

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(TESTS)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        return sources;
    }

    @Test
    void every_test_that_is_named_exists() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = NAMED.matcher(Files.readString(PAGE))
                .results()
                .filter(name -> !sources.getOrDefault(name.group(1), "").contains("void " + name.group(2) + "("))
                .map(MatchResult::group)
                .toList();

        assertThat(missing).isEmpty();
    }

    @Test
    void every_case_is_there() throws IOException {
        List<String> numbers = new ArrayList<>();
        NUMBERS.matcher(Files.readString(PAGE))
                .results()
                .forEach(row -> numbers.addAll(List.of(row.group(1).split(", "))));

        assertThat(numbers)
                .containsAll(numbered(62, String::valueOf))
                .containsAll(numbered(40, nr -> "D-" + nr))
                .containsAll(numbered(24, nr -> "S-" + nr));
    }

    private static List<String> numbered(int last, Function<Integer, String> name) {
        return IntStream.rangeClosed(1, last).boxed().map(name).toList();
    }
}
