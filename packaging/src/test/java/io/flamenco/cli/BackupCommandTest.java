package io.flamenco.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.cli.process.DataDirectory;
import io.flamenco.cli.process.RoleFile;
import io.flamenco.cli.process.RoleKind;
import io.flamenco.manager.ManagerDatabase;
import io.flamenco.mongo.DatabasePlace;
import io.flamenco.mongo.EmbeddedMongo;
import io.flamenco.mongo.FarmDatabase;
import io.flamenco.server.ServerRole;
import io.flamenco.shared.kernel.Role;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandTest {

    private static final JsonObject NOTE = new JsonObject().put("_id", "note").put("text", "kept");

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();

    private record Outcome(int exitCode, String out, String err) {}

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void a_running_manager_is_backed_up_and_restored_elsewhere() throws Exception {
        Path data = note("one", ManagerDatabase.place(directory.resolve("one/manager")));
        Role manager = start(RoleKind.MANAGER, data, new JsonObject().put("ssdp_discovery", false));
        Path file = directory.resolve("backup");
        Outcome made = run("manager", "backup", file, "--data", data, "--url", url(manager));
        manager.stop().await();

        assertThat(made.exitCode()).as(made.err()).isZero();
        assertThat(made.out()).contains("The manager's database of").contains(file.toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Outcome restored = run("manager", "restore", file, "--data", directory.resolve("two"));
        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(notes(ManagerDatabase.place(directory.resolve("two/manager"))))
                .containsExactly(NOTE);
    }

    @Test
    void a_server_is_backed_up_running_or_not() throws Exception {
        Path data = note("one", ServerRole.databasePlace(directory.resolve("one/server")));
        Role server = start(RoleKind.SERVER, data, new JsonObject());
        Outcome refused = run("server", "backup", directory.resolve("none"), "--data", directory.resolve("two"));
        Outcome running = run("server", "backup", directory.resolve("first"), "--data", data, "--url", url(server));
        server.stop().await();
        Path asleep = note("three", ServerRole.databasePlace(directory.resolve("three/server")));
        Outcome stopped = run("server", "backup", directory.resolve("second"), "--data", asleep);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("There is no server in");
        assertThat(directory.resolve("none")).doesNotExist();
        assertThat(running.exitCode()).as(running.err()).isZero();
        assertThat(stopped.exitCode()).as(stopped.err()).isZero();
        assertThat(run("server", "restore", directory.resolve("first"), "--data", directory.resolve("four"))
                        .exitCode())
                .isZero();
        assertThat(notes(ServerRole.databasePlace(directory.resolve("four/server"))))
                .containsExactly(NOTE);
    }

    @Test
    void what_cannot_be_restored_is_named_and_leaves_everything_as_it_was() throws Exception {
        Path data = note("one", ManagerDatabase.place(directory.resolve("one/manager")));
        Path file = directory.resolve("backup");
        assertThat(run("manager", "backup", file, "--data", data).exitCode()).isZero();
        Path damaged = Files.copy(file, directory.resolve("damaged"));
        byte[] content = Files.readAllBytes(damaged);
        content[content.length / 2] ^= 1;
        Files.write(damaged, content);

        assertThat(run("manager", "backup", file, "--data", data).err()).contains("There is a file");
        assertThat(run("server", "restore", file, "--data", directory.resolve("s"))
                        .err())
                .contains("is one of a manager");
        assertThat(run("manager", "restore", damaged, "--data", directory.resolve("d"))
                        .err())
                .contains("checksum");
        assertThat(run("manager", "restore", directory.resolve("none"), "--data", directory.resolve("d"))
                        .err())
                .contains("There is no file");
        assertThat(directory.resolve("d/manager/db")).doesNotExist();
        Path there = note("there", ManagerDatabase.place(directory.resolve("there/manager")));
        assertThat(run("manager", "restore", file, "--data", there).err()).contains("--replace");
    }

    @Test
    void a_database_is_carried_over_into_a_mongodb() throws Exception {
        Path data = note("one", ManagerDatabase.place(directory.resolve("one/manager")));
        try (EmbeddedMongo mongo = EmbeddedMongo.inMemory()) {
            String target = mongo.connectionString().replace("/?", "/carried?");
            Outcome copied = run("manager", "copy-database", "--to", target, "--data", data);

            assertThat(copied.exitCode()).as(copied.err()).isZero();
            FarmDatabase there = FarmDatabase.open(vertx, Optional.of(target), directory, "x")
                    .await();
            assertThat(there.client().find("notes", new JsonObject()).await()).containsExactly(NOTE);
            there.close().await();
        }
    }

    private Path note(String name, DatabasePlace place) {
        FarmDatabase database = FarmDatabase.open(vertx, Optional.empty(), place.directory(), place.name())
                .await();
        database.client().insert("notes", NOTE).await();
        database.close().await();
        return directory.resolve(name);
    }

    private List<JsonObject> notes(DatabasePlace place) {
        FarmDatabase database = FarmDatabase.open(vertx, Optional.empty(), place.directory(), place.name())
                .await();
        List<JsonObject> notes =
                database.client().find("notes", new JsonObject()).await();
        database.close().await();
        return notes;
    }

    private Role start(RoleKind kind, Path data, JsonObject settings) {
        DataDirectory.take(data.resolve(kind.name()));
        RoleFile file = new RoleFile("test", settings.put("listen", "127.0.0.1:0"));
        return kind.start(vertx, file, data.resolve(kind.name())).await();
    }

    private static Object url(Role role) {
        return role.url().orElseThrow();
    }

    private static Outcome run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
        int exitCode = Flamenco.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(texts);
        return new Outcome(exitCode, out.toString(), err.toString());
    }
}
