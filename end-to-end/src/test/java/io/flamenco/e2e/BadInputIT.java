package io.flamenco.e2e;

import static io.flamenco.e2e.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.e2e.FlamencoProcess.Outcome;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is named in one line, with the remedy, and no stack trace. */
class BadInputIT {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    @TempDir
    private static Path farmDirectory;

    private static SplitFarm farm;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startServer() throws Exception {
        farm = new SplitFarm(farmDirectory);
        farm.startServer();
    }

    @AfterAll
    static void endServer() {
        farm.close();
    }

    @Test
    void an_unknown_setting_is_named_with_the_one_that_was_meant() throws Exception {
        Path file = Files.writeString(directory.resolve("manager.yaml"), "downlod_task_sleep: 1s\n");

        Outcome manager = run("manager", "--config", file.toString());

        assertRefused(manager, USAGE, file.toString(), "downlod_task_sleep", "download_task_sleep");
    }

    @Test
    void a_file_that_is_no_yaml_is_named() throws Exception {
        Path file = Files.writeString(directory.resolve("server.yaml"), "listen: [unclosed\n");

        Outcome server = run("server", "--config", file.toString());

        assertRefused(server, USAGE, file.toString());
    }

    @Test
    void a_port_in_use_is_named_for_every_role_that_listens() throws Exception {
        try (ServerSocket taken = Ports.taken()) {
            String address = "127.0.0.1:" + taken.getLocalPort();

            assertRefused(run("server", "--listen", address), FAILED, address, "already listens", "another port");
            assertRefused(run("manager", "--listen", address), FAILED, address, "already listens", "another port");
        }
    }

    @Test
    void a_port_in_use_ends_the_demo() throws Exception {
        try (ServerSocket taken = Ports.taken()) {
            String port = String.valueOf(taken.getLocalPort());

            Outcome demo = run("demo", "--once", "--server-port", "0", "--manager-port", port);

            assertRefused(demo, FAILED, ":" + port, "already listens");
        }
    }

    @Test
    void a_data_directory_that_cannot_be_made_is_named() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");

        Outcome server = FlamencoProcess.run(directory, PATIENCE, "server", "--data", file.toString());

        assertRefused(server, FAILED, file.toString(), "--data");
    }

    @Test
    void a_data_directory_that_another_process_uses_is_named() throws Exception {
        Outcome second = FlamencoProcess.run(
                directory,
                PATIENCE,
                "server",
                "--listen",
                "127.0.0.1:0",
                "--data",
                farm.serverData().toString());

        assertRefused(second, FAILED, farm.serverData().toString(), "in use by another process");
    }

    @Test
    void a_corrupt_credentials_file_of_a_worker_is_named() throws Exception {
        Path credentials = directory.resolve("data").resolve("worker").resolve("credentials.yaml");
        Files.createDirectories(credentials.getParent());
        Files.writeString(credentials, "\u0000\u0001 not yaml: [");

        Outcome worker = run("worker", "--manager", "http://127.0.0.1:1/");

        assertRefused(worker, FAILED, credentials.toString());
    }

    @Test
    void what_a_server_cannot_read_or_do_is_refused_with_a_reason() throws Exception {
        Rest server = farm.server();

        Rest.Answer malformed = server.send("api/v1/jobs", farm.token(), "{\"name\": ");
        Rest.Answer unknown =
                server.send("api/v1/jobs", farm.token(), "{\"name\": \"x\", \"job_type\": \"slep\", \"settings\": {}}");
        Rest.Answer stranger = server.send("api/v1/jobs", "wrong", "{}");
        Rest.Answer nothing = server.read("api/v1/jobs/0123456789abcdef01234567");

        assertProblem(malformed, 400, "JSON");
        assertProblem(unknown, 422, "slep");
        assertProblem(stranger, 401, "token");
        assertProblem(nothing, 404, "0123456789abcdef01234567");
    }

    @Test
    void submitting_what_the_server_does_not_know_says_so() throws Exception {
        Outcome submit = farm.submit("slep", "--set", "frames=1-3");

        assertRefused(submit, FAILED, "slep");
    }

    private Outcome run(String... arguments) throws Exception {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--data";
        all[arguments.length + 1] = directory.resolve("data").toString();
        return FlamencoProcess.run(directory, PATIENCE, all);
    }

    private static void assertRefused(Outcome outcome, int exitCode, String... named) {
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
        String last = outcome.err().lines().reduce("", (before, line) -> line);
        assertThat(last).startsWith("flamenco: ").contains(named);
        assertThat(outcome.err()).doesNotContain("\tat ").doesNotContain("Exception");
    }

    private static void assertProblem(Rest.Answer answer, int status, String named) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.json().getString("detail")).contains(named);
    }
}
