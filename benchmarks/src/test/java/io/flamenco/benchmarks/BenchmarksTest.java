package io.flamenco.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchmarksTest {

    private final StringWriter errors = new StringWriter();

    @Test
    void a_wrong_command_line_is_explained() {
        assertThat(run("dance")).isEqualTo(2);
        assertThat(run("cycles", "--workers", "many")).isEqualTo(2);
        assertThat(run("call", "sing")).isEqualTo(2);
        assertThat(errors.toString()).contains("dance").contains("many").contains("sing");
    }

    @Test
    void a_missing_jar_is_named_with_the_remedy(@TempDir Path directory) {
        int exit = run("cycles", "--jar", directory.resolve("none.jar").toString());

        assertThat(exit).isEqualTo(1);
        assertThat(errors.toString()).contains("none.jar").contains("mvn");
    }

    @Test
    void calls_are_named_as_in_the_protocol(@TempDir Path directory) {
        String noJar = directory.resolve("none.jar").toString();

        for (String call : new String[] {"may-i-run", "log-update", "status-change"}) {
            assertThat(run("call", call, "--jar", noJar)).as(call).isEqualTo(1);
        }
    }

    @Test
    void each_row_tells_its_options() {
        StringWriter help = new StringWriter();

        assertThat(run(new PrintWriter(help), "viewers", "--help")).isZero();
        assertThat(help.toString()).contains("--viewers");
    }

    private int run(String... arguments) {
        return run(new PrintWriter(new StringWriter()), arguments);
    }

    private int run(PrintWriter out, String... arguments) {
        CommandLine commandLine = Benchmarks.commandLine();
        commandLine.setOut(out);
        commandLine.setErr(new PrintWriter(errors));
        return commandLine.execute(arguments);
    }
}
