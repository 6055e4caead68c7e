package io.flamenco.cli;

import io.flamenco.cli.backup.KeptRole;
import io.flamenco.cli.process.CommandFailure;
import io.flamenco.cli.process.MainThread;
import io.flamenco.cli.process.RoleFile;
import io.flamenco.cli.process.RoleKind;
import io.flamenco.cli.process.RoleProcess;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a role's settings and data are, for commands that look after it without being it. */
final class PlaceOptions {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The YAML file with the role's settings, as the role itself was given it.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "flamenco-data",
            description = "The data directory, as the role itself was given it. Default: ./${DEFAULT-VALUE}")
    private Path data = Path.of("flamenco-data");

    /** The data directory of all roles. */
    Path data() {
        return data;
    }

    /** The settings of that role. */
    Future<RoleFile> file(Vertx vertx, RoleKind kind) {
        Path usual = data.resolve(kind.name() + ".yaml");
        return kind.equals(RoleKind.MANAGER)
                ? RoleFile.readForManager(vertx, config, usual)
                : RoleFile.read(vertx, config, usual);
    }

    /** The role of that name, {@code manager} or {@code server}, whose database is looked after. */
    KeptRole role(String name) {
        RoleKind kind = name.equals(RoleKind.SERVER.name()) ? RoleKind.SERVER : RoleKind.MANAGER;
        Vertx vertx = RoleProcess.clientVertx();
        try {
            return KeptRole.of(kind, MainThread.await(file(vertx, kind)), data);
        } finally {
            MainThread.await(vertx.close());
        }
    }

    /** The Manager's settings; in the data directory of a farm of one machine, with that farm's join secret. */
    Future<RoleFile> managerFile(Vertx vertx) {
        Path farmSecret = data.resolve("link").resolve("worker-registration-secret");
        return file(vertx, RoleKind.MANAGER).map(file -> Files.exists(farmSecret) ? file.with(over(farmSecret)) : file);
    }

    private static JsonObject over(Path farmSecret) {
        try {
            return new JsonObject()
                    .put(
                            "worker_registration_secret",
                            Files.readString(farmSecret).strip());
        } catch (IOException e) {
            throw CommandFailure.of("The farm's join secret in " + farmSecret + " cannot be read: " + e.getMessage());
        }
    }
}
