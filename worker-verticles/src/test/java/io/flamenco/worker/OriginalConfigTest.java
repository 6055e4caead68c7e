package io.flamenco.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.shared.config.ConfigurationException;
import io.flamenco.worker.domain.IniText;
import io.flamenco.worker.manager.Credentials;
import io.flamenco.worker.session.CredentialsFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OriginalConfigTest {

    private static final String SHIPPED = """
            [flamenco-worker]
            # the shipped file
            manager_url =
            task_types = sleep blender-render file-management exr-merge debug video-encoding
            task_update_queue_db = flamenco-worker.db
            may_i_run_interval_seconds = 5
            worker_registration_secret =
            push_log_max_interval_seconds = 30
            push_log_max_entries = 2000
            push_act_max_interval_seconds = 15

            [pre_task_check]
            write.0 = /render
            read.1: /fonts

            [loggers]
            keys = root,flamenco_worker
            """;

    private final Vertx vertx = Vertx.vertx();
    private Path working;
    private Path home;

    @BeforeEach
    void makeDirectories(@TempDir Path temporary) throws Exception {
        working = Files.createDirectory(temporary.resolve("working"));
        home = Files.createDirectory(temporary.resolve("home"));
    }

    @AfterEach
    void close() throws Exception {
        done(vertx.close());
    }

    @Test
    void the_file_in_the_home_directory_wins_key_by_key() throws Exception {
        Files.writeString(working.resolve("flamenco-worker.cfg"), SHIPPED);
        Files.writeString(
                home.resolve(".flamenco-worker.cfg"),
                "[flamenco-worker]\nManager_URL: http://manager:8083/\nworker_id = abc\nworker_secret = geheim\n");

        WorkerConfig config = config(done(new OriginalConfig(vertx).readUsual(working, home)));

        assertThat(config.managerUrl()).contains(URI.create("http://manager:8083/"));
        assertThat(config.taskTypes()).hasSize(6).contains("debug");
        assertThat(config.reporting().logEntries()).isEqualTo(2000);
        assertThat(config.reporting().logInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.preTaskCheck().writable()).containsExactly(Path.of("/render"));
        assertThat(config.preTaskCheck().readable()).containsExactly(Path.of("/fonts"));
        assertThat(config.credentialsFile()).isEqualTo(home.resolve(".flamenco-worker.cfg"));
        assertThat(config.configuredCredentials()).contains(new Credentials("abc", "geheim"));
        assertThat(config.outboxFile()).isEqualTo(Path.of("flamenco-worker.db").toAbsolutePath());
    }

    @Test
    void without_the_file_in_the_working_directory_nothing_goes() {
        assertThatThrownBy(() -> done(new OriginalConfig(vertx).readUsual(working, home)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(working.resolve("flamenco-worker.cfg").toString());
    }

    @Test
    void a_file_that_is_named_is_read_alone_and_keeps_the_credentials() throws Exception {
        Path file = Files.writeString(working.resolve("my.cfg"), "[flamenco-worker]\nmanager_url = http://one/\n");

        WorkerConfig config = config(done(new OriginalConfig(vertx).read(file)));

        assertThat(OriginalConfig.isOriginal(file)).isTrue();
        assertThat(config.credentialsFile()).isEqualTo(file);
        assertThat(config.taskTypes()).doesNotContain("debug");
    }

    @Test
    void a_bad_check_is_reported_by_its_key() throws Exception {
        Path file =
                Files.writeString(working.resolve("my.cfg"), "[flamenco-worker]\n[pre_task_check]\nexecute.1 = /bin\n");
        JsonObject settings = done(new OriginalConfig(vertx).read(file));

        assertThatThrownBy(() -> config(settings)).hasMessageContaining("pre_task_check.execute.1");
    }

    @Test
    void references_comments_and_continuations_are_understood() {
        IniText ini = IniText.parse("""
                ; comment
                [one]
                Base = /a
                both = ${base}/${two:leaf} costs $$5 and 10%
                long = first
                    second
                [two]
                leaf : b
                """);

        assertThat(ini.section("one"))
                .containsEntry("both", "/a/b costs $5 and 10%")
                .containsEntry("long", "first\nsecond");
        assertThatThrownBy(() -> IniText.parse("[one]\na = ${b}\nb = ${a}").section("one"))
                .hasMessageContaining("refers to itself");
        assertThatThrownBy(() -> IniText.parse("[one]\na = ${none}").section("one"))
                .hasMessageContaining("${one:none}");
        assertThatThrownBy(() -> IniText.parse("[one]\nnonsense")).hasMessageContaining("line 2");
    }

    @Test
    void credentials_are_written_back_and_everything_else_stays() throws Exception {
        Path file = Files.writeString(home.resolve(".flamenco-worker.cfg"), """
                # mine
                [other]
                worker_id = not this

                [flamenco-worker]
                manager_url = http://manager/
                worker_id = old
                """);
        CredentialsFile credentials = new CredentialsFile(vertx, file);

        done(credentials.write(new Credentials("new", "secret")));

        assertThat(Files.readString(file)).isEqualTo("""
                # mine
                [other]
                worker_id = not this

                [flamenco-worker]
                worker_secret = secret
                manager_url = http://manager/
                worker_id = new
                """);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(done(credentials.read())).contains(new Credentials("new", "secret"));
    }

    @Test
    void credentials_get_a_file_of_the_original_when_there_is_none() throws Exception {
        CredentialsFile credentials = new CredentialsFile(vertx, home.resolve(".flamenco-worker.cfg"));
        assertThat(done(credentials.read())).isEmpty();

        done(credentials.write(new Credentials("new", "secret")));

        assertThat(done(credentials.read())).contains(new Credentials("new", "secret"));
    }

    @Test
    void slots_have_names_and_directories_of_their_own() {
        List<WorkerConfig> slots =
                WorkerConfig.readSlots("x", new JsonObject().put("nickname", "rosette"), working, Map.of(), 2);

        assertThat(slots).extracting(slot -> slot.nickname().orElseThrow()).containsExactly("rosette-1", "rosette-2");
        assertThat(slots)
                .extracting(WorkerConfig::outboxFile)
                .containsExactly(
                        working.resolve("slot-1/flamenco-worker.db"), working.resolve("slot-2/flamenco-worker.db"));
        assertThatThrownBy(() -> WorkerConfig.readSlots("x", new JsonObject(), working, Map.of(), 0))
                .hasMessageContaining("slots must be 1 to 256");
    }

    private WorkerConfig config(JsonObject settings) {
        return WorkerConfig.read("flamenco-worker.cfg", settings, working, Map.of());
    }

    private static <T> T done(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
