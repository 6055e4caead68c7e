package io.flamenco.e2e;

import static io.flamenco.e2e.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./flamenco} in a clone of its own, with a Maven that only notes that it was called. */
class LauncherIT {

    @TempDir
    private Path clone;

    private record Outcome(int exitCode, String text) {}

    @BeforeEach
    void cloneSources() throws IOException {
        Files.copy(FlamencoProcess.HOME.resolve("flamenco"), clone.resolve("flamenco"));
        Files.createDirectories(clone.resolve("conf"));
        Files.createDirectories(clone.resolve("webroot"));
        Files.createDirectories(clone.resolve("packaging").resolve("src").resolve("main"));
        Files.createDirectories(clone.resolve("bin"));
        Files.writeString(clone.resolve("pom.xml"), "<project/>");
        Files.writeString(
                clone.resolve("packaging").resolve("src").resolve("main").resolve("Source.java"), "// a source");
        script(
                "mvn",
                "echo \"$@\" >> \"" + clone.resolve("mvn-calls") + "\"\nmkdir -p packaging/target\n" + "cp \""
                        + FlamencoProcess.HOME.resolve("packaging/target/flamenco.jar") + "\" packaging/target/\n");
    }

    @Test
    void a_fresh_clone_is_built_once() throws Exception {
        Outcome first = flamenco(Map.of(), "version");
        Outcome second = flamenco(Map.of(), "version");

        assertThat(first.exitCode()).as(first.text()).isZero();
        assertThat(first.text()).contains("building").contains("Flamenco 3");
        assertThat(second.text()).doesNotContain("building").contains("Flamenco 3");
        assertThat(Files.readAllLines(clone.resolve("mvn-calls"))).hasSize(1);
    }

    @Test
    void a_changed_source_is_built_again() throws Exception {
        flamenco(Map.of(), "version");
        Path source = clone.resolve("packaging").resolve("src").resolve("main").resolve("Source.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

        Outcome second = flamenco(Map.of(), "version");

        assertThat(second.text()).contains("building");
        assertThat(Files.readAllLines(clone.resolve("mvn-calls"))).hasSize(2);
    }

    @Test
    void a_build_that_fails_says_where_to_look() throws Exception {
        script("mvn", "echo '[ERROR] something is wrong'\nexit 1\n");

        Outcome outcome = flamenco(Map.of(), "version");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.text()).contains("something is wrong").contains("build.log");
    }

    @Test
    void the_exit_code_is_that_of_the_program() throws Exception {
        assertThat(flamenco(Map.of(), "no-such-command").exitCode()).isEqualTo(2);
    }

    @Test
    void a_java_home_that_is_too_old_is_passed_over() throws Exception {
        Path old = clone.resolve("old-java");
        Files.createDirectories(old.resolve("bin"));
        executable(old.resolve("bin").resolve("java"), "echo 'the old one ran'\n");
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");

        Outcome outcome = flamenco(Map.of("JAVA_HOME", old.toString()), "version");

        assertThat(outcome.text()).contains("Flamenco 3").doesNotContain("the old one ran");
    }

    private Outcome flamenco(Map<String, String> environment, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(clone.resolve("flamenco").toString());
        builder.command().addAll(List.of(arguments));
        builder.redirectErrorStream(true);
        builder.environment().put("PATH", clone.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), text);
    }

    private void script(String name, String body) throws IOException {
        executable(clone.resolve("bin").resolve(name), body);
    }

    private static void executable(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
