package io.flamenco.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinCommandTest {

    private static final String URL = "http://manager.studio:8080/";

    @TempDir
    Path data;

    @Test
    void the_command_holds_the_secret_that_the_manager_keeps() throws Exception {
        String command = run("--url", URL);

        String secret = Files.readString(data.resolve("manager/worker-registration-secret"))
                .strip();
        assertThat(secret).hasSizeGreaterThan(32);
        assertThat(command)
                .isEqualTo("FLAMENCO_WORKER_WORKER_REGISTRATION_SECRET='" + secret + "' flamenco worker --manager "
                        + URL + "\n");
        assertThat(run("--url", URL)).isEqualTo(command);
    }

    @Test
    void the_settings_of_the_manager_decide() throws Exception {
        Files.writeString(
                data.resolve("manager.yaml"),
                "own_url: https://flamenco.studio/\nworker_registration_secret: \"it's secret\"\n");

        assertThat(run())
                .isEqualTo("FLAMENCO_WORKER_WORKER_REGISTRATION_SECRET='it'\\''s secret'"
                        + " flamenco worker --manager https://flamenco.studio/\n");
        assertThat(run("--form", "powershell"))
                .isEqualTo("$env:FLAMENCO_WORKER_WORKER_REGISTRATION_SECRET='it''s secret';"
                        + " flamenco worker --manager https://flamenco.studio/\n");
        assertThat(run("--form", "yaml"))
                .isEqualTo("manager_url: https://flamenco.studio/\nworker_registration_secret: 'it''s secret'\n");
    }

    @Test
    void a_farm_of_one_machine_has_its_own_secret_and_an_open_door_needs_none() throws Exception {
        Files.writeString(data.resolve("manager.yaml"), "worker_registration_secret: ''\n");
        assertThat(run("--url", URL)).isEqualTo("flamenco worker --manager " + URL + "\n");

        Files.createDirectories(data.resolve("link"));
        Files.writeString(data.resolve("link/worker-registration-secret"), "of the farm\n");
        assertThat(run("--url", URL)).contains("='of the farm' ");
    }

    @Test
    void with_a_certificate_of_the_managers_own_making_the_command_carries_its_fingerprint() throws Exception {
        Files.writeString(data.resolve("manager.yaml"), "tls: self-signed\nworker_registration_secret: ''\n");

        String command = run("--url", "https://manager.studio:8443/");

        assertThat(command)
                .matches("FLAMENCO_WORKER_MANAGER_FINGERPRINT='[0-9a-f]{64}' flamenco worker --manager"
                        + " https://manager\\.studio:8443/\n");
        assertThat(run("--url", "https://manager.studio:8443/")).isEqualTo(command);
    }

    private String run(String... arguments) {
        StringWriter out = new StringWriter();
        String[] all = new String[arguments.length + 4];
        System.arraycopy(new String[] {"manager", "join-command", "--data", data.toString()}, 0, all, 0, 4);
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        assertThat(Flamenco.commandLine().setOut(new PrintWriter(out, true)).execute(all))
                .isZero();
        return out.toString();
    }
}
