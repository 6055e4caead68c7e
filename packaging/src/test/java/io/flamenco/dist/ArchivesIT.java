package io.flamenco.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archives, unpacked and used as a stranger would. */
class ArchivesIT {

    private static final String JAVA = System.getProperty("java.home");
    private static final Pattern LIBRARY =
            Pattern.compile("/\\S+/(?:libc|libm|libdl|librt|libpthread|ld-linux[^/\\s]*)\\.so\\.\\d+");

    @TempDir
    private static Path directory;

    private static Path plain;
    private static Path selfContained;

    @BeforeAll
    static void unpack() throws Exception {
        plain = Made.unpacked(Made.file("flamenco-VERSION.tar.gz"), directory.resolve("plain"));
        selfContained = Made.unpacked(
                Made.file("flamenco-VERSION-linux-ARCH.tar.gz"),
                directory.resolve("machine").resolve("opt"));
    }

    @Test
    void the_launcher_runs_from_anywhere_and_through_a_link() throws Exception {
        Path link = Files.createSymbolicLink(
                directory.resolve("fl"), plain.resolve("bin").resolve("flamenco"));

        Run run = Run.of(Map.of("JAVA_HOME", JAVA), List.of(link.toString(), "--version"));

        assertThat(run.exitCode()).as(run.text()).isZero();
        assertThat(run.text()).startsWith("Flamenco 3");
    }

    @Test
    void the_zip_holds_what_the_tar_holds() throws Exception {
        Run tar = Run.of("tar", "-tzf", Made.file("flamenco-VERSION.tar.gz").toString());
        try (ZipFile zip = new ZipFile(Made.file("flamenco-VERSION.zip").toFile())) {
            Set<String> names = files(zip.stream().map(Object::toString));
            assertThat(names).isEqualTo(files(tar.text().lines()));
        }
    }

    @Test
    void lists_and_texts_of_all_licences_go_along() throws Exception {
        for (Path home : List.of(plain, selfContained)) {
            String page = Files.readString(home.resolve("THIRD-PARTY.md"));
            JsonObject bill = new JsonObject(Files.readString(home.resolve("sbom.cdx.json")));
            List<String> texts = page.lines()
                    .filter(line -> line.startsWith("| ") && !line.startsWith("| software"))
                    .map(line -> line.split(" \\| ")[3].replace(" |", ""))
                    .toList();
            assertThat(texts)
                    .hasSizeGreaterThan(50)
                    .allSatisfy(text -> assertThat(home.resolve(text)).exists());
            assertThat(bill.getJsonArray("components"))
                    .extracting(entry -> ((JsonObject) entry).getString("name"))
                    .contains("vertx-core", "vue", "sockjs-client", "@vertx/eventbus-bridge-client.js");
            assertThat(home.resolve("LICENSE.txt")).exists();
        }
    }

    @Test
    void the_runtime_has_all_modules_that_the_jar_asks_for() throws Exception {
        Run jdeps = Run.of(
                JAVA + "/bin/jdeps",
                "--multi-release",
                "21",
                "--ignore-missing-deps",
                "--print-module-deps",
                selfContained.resolve("lib").resolve("flamenco.jar").toString());
        Run modules = Run.of(
                selfContained.resolve("java").resolve("bin").resolve("java").toString(), "--list-modules");

        Set<String> there =
                modules.text().lines().map(line -> line.split("@")[0]).collect(Collectors.toSet());
        String asked = jdeps.text().lines().reduce("", (first, last) -> last);
        assertThat(there).containsAll(Arrays.asList(asked.strip().split(",")));
    }

    @Test
    void a_demo_runs_where_there_is_nothing_but_a_shell_and_the_c_library() throws Exception {
        EmptyMachine.assumePossible();
        Path root = directory.resolve("machine");
        furnish(root);

        Run demo = new EmptyMachine(root)
                .run(
                        "/bin/sh",
                        "-c",
                        "cd /tmp && exec /opt/" + selfContained.getFileName()
                                + "/bin/flamenco demo --once --server-port 0 --manager-port 0");

        assertThat(demo.exitCode()).as(demo.text()).isZero();
        assertThat(demo.text()).contains("12 frames are in /tmp/flamenco-demo/pictures/");
    }

    private static Set<String> files(Stream<String> entries) {
        return entries.filter(entry -> !entry.endsWith("/")).collect(Collectors.toSet());
    }

    /** Copies the shell and the parts of the C library that it and Java are linked with. */
    private static void furnish(Path root) throws Exception {
        Path java = selfContained.resolve("java");
        Run linked = Run.of(
                "ldd",
                "/bin/sh",
                java.resolve("bin/java").toString(),
                java.resolve("lib/server/libjvm.so").toString(),
                java.resolve("lib/libmanagement_ext.so").toString());
        Set<String> needed = new TreeSet<>(Set.of("/bin/sh"));
        LIBRARY.matcher(linked.text()).results().forEach(library -> needed.add(library.group()));
        for (String name : needed) {
            Path copy = root.resolve(name.substring(1));
            Files.createDirectories(copy.getParent());
            Files.copy(Path.of(name).toRealPath(), copy, StandardCopyOption.REPLACE_EXISTING);
        }
        for (String name : List.of("proc", "dev", "tmp")) {
            Files.createDirectories(root.resolve(name));
        }
    }
}
