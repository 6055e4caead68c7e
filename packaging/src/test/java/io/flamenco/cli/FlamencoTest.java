package io.flamenco.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class FlamencoTest {

    private record Outcome(int exitCode, String out, String err) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "all",
                "server",
                "manager",
                "worker",
                "submit",
                "jobs",
                "tasks",
                "managers",
                "workers",
                "version"
            })
    void every_command_explains_itself(String command) {
        Outcome outcome = run(command, "--help");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("Usage: flamenco " + command).contains("--help");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void the_version_names_the_program_and_its_java() {
        Outcome outcome = run("version");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .startsWith("Flamenco")
                .contains("on Java " + Runtime.version().feature());
    }

    @Test
    void a_misspelt_command_is_answered_with_those_that_there_are() {
        Outcome outcome = run("mangaer");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("no command \"mangaer\"; flamenco knows demo, all, server, manager");
    }

    @Test
    void an_unknown_option_is_named() {
        Outcome outcome = run("server", "--prot", "8090");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("--prot");
    }

    @Test
    void no_command_at_all_is_answered_with_a_hint() {
        Outcome outcome = run();

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("Name a command").contains("--help");
    }

    @Test
    void a_port_that_does_not_exist_is_refused(@TempDir Path directory) {
        Outcome outcome = run("all", "--server-port", "80800", "--data", directory.toString());

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("--server-port").contains("80800").doesNotContain("\tat ");
    }

    @Test
    void a_settings_file_that_is_not_there_is_named(@TempDir Path directory) {
        Path absent = directory.resolve("absent.yaml");
        Outcome outcome = run("server", "--config", absent.toString(), "--data", directory.toString());

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains(absent.toString()).doesNotContain("\tat ");
    }

    @Test
    void every_wrong_setting_is_named_in_a_line_of_its_own(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("server.yaml"), "lisen: ':1'\nallow_exec_command: perhaps\n");
        Outcome outcome = run("server", "--config", file.toString(), "--data", directory.toString());

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err().lines()).hasSize(2).allMatch(line -> line.startsWith("flamenco: " + file));
        assertThat(outcome.err()).contains("did you mean \"listen\"?").contains("allow_exec_command");
    }

    @Test
    void a_data_directory_that_is_a_file_is_refused(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("data"), "");
        Outcome outcome = run("manager", "--data", file.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains(file.toString()).contains("--data");
    }

    @Test
    void submitting_without_a_token_says_where_to_get_one(@TempDir Path directory) {
        Path token = directory.resolve("api-token");
        Outcome outcome = run("submit", "sleep", "--frames", "1-3", "--token-file", token.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains(token.toString()).contains("--token-file");
    }

    @Test
    void a_server_that_is_away_is_named(@TempDir Path directory) throws Exception {
        Path token = Files.writeString(directory.resolve("api-token"), "secret");
        Outcome outcome = run(
                "submit",
                "sleep",
                "--frames",
                "1-3",
                "--token-file",
                token.toString(),
                "--server",
                "http://127.0.0.1:1/");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains("http://127.0.0.1:1/").contains("--server");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-version", "--version", "-V"})
    void the_manager_says_its_version(String option) {
        Outcome outcome = run("manager", option);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).startsWith("Flamenco");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-cleanslat", "-setpu", "--purge"})
    void a_misspelt_option_of_the_manager_is_not_taken_for_anything_else(String option) {
        Outcome outcome = run("manager", option);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("Unknown option").contains(option.replaceFirst("^-+", ""));
    }

    @Test
    void the_managers_options_of_the_original_are_known(@TempDir Path directory) {
        Outcome outcome = run(
                "manager",
                "-debug=false",
                "-quiet",
                "-json",
                "-verbose",
                "-mode",
                "holiday",
                "-data",
                directory.toString());

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("-verbose has no effect")
                .contains("holiday")
                .contains("production");
    }

    @Test
    void a_manager_whose_port_is_taken_ends(@TempDir Path directory) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Outcome outcome =
                    run("manager", "--listen=127.0.0.1:" + taken.getLocalPort(), "--data=" + directory, "--quiet");

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err()).contains("cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    private static Outcome run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Flamenco.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        int exitCode = commandLine.execute(arguments);
        return new Outcome(exitCode, out.toString(), err.toString());
    }
}
