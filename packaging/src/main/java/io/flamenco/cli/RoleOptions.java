package io.flamenco.cli;

import io.flamenco.cli.process.DataDirectory;
import io.flamenco.cli.process.RoleFile;
import io.flamenco.cli.process.RoleKind;
import io.flamenco.cli.process.RoleProcess;
import io.flamenco.cli.process.SwitchingManager;
import io.flamenco.shared.kernel.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command that runs one role takes, and how it runs it. */
final class RoleOptions {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The YAML file with the role's settings. Without it, the file named after the role in the"
                    + " data directory is read when there is one, such as flamenco-data/manager.yaml.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "flamenco-data",
            description = "Where what must last is kept; made for its owner only. Default: ./${DEFAULT-VALUE}")
    private Path data = Path.of("flamenco-data");

    @Mixin
    private LogOptions log = new LogOptions();

    /** The data directory of all roles. */
    Path data() {
        return data;
    }

    /**
     * Runs the role until it ends.
     *
     * @param over settings of the command line, which win over the file's
     * @return the exit code
     */
    int run(RoleKind kind, JsonObject over) {
        return run(kind, over, take(kind));
    }

    /**
     * As {@link #run(RoleKind, JsonObject)}, and what is logged goes to a file in the role's own directory, too.
     *
     * @param logFile its name; those of the last seven days are kept beside it
     */
    int runWithLogFile(RoleKind kind, JsonObject over, String logFile) {
        Path directory = DataDirectory.take(data.resolve(kind.name()));
        log.toConsoleAndDaily(directory.resolve(logFile));
        return run(kind, over, directory);
    }

    /**
     * Runs a Manager that may be set up before and in between.
     *
     * @param setup whether to begin with that
     * @param say is told sentences for people, with secrets
     */
    int runManager(JsonObject over, boolean setup, Consumer<String> say) {
        Path directory = take(RoleKind.MANAGER);
        return RoleProcess.run(directory, vertx -> {
            Path settings = config.orElse(data.resolve("manager.yaml"));
            SwitchingManager.Place place =
                    new SwitchingManager.Place(settings, directory, over, () -> file(vertx, RoleKind.MANAGER), say);
            return SwitchingManager.start(
                    vertx,
                    place,
                    setup || config.filter(file -> !Files.exists(file)).isPresent());
        });
    }

    private int run(RoleKind kind, JsonObject over, Path directory) {
        return RoleProcess.run(
                directory,
                vertx -> file(vertx, kind)
                        .compose(file -> kind.start(vertx, file.with(over), directory))
                        .map(OneRole::new));
    }

    /** Begins to log, and takes hold of the role's own directory until the process ends. */
    Path take(RoleKind kind) {
        log.toConsole();
        return DataDirectory.take(data.resolve(kind.name()));
    }

    /** The role's settings as its file gives them. */
    Future<RoleFile> file(Vertx vertx, RoleKind kind) {
        Path usual = data.resolve(kind.name() + ".yaml");
        return switch (kind.name()) {
            case "worker" -> RoleFile.readForWorker(vertx, config, usual);
            case "manager" -> RoleFile.readForManager(vertx, config, usual);
            default -> RoleFile.read(vertx, config, usual);
        };
    }

    private record OneRole(Role role) implements RoleProcess.Running {

        @Override
        public Future<Integer> ended() {
            return role.ended();
        }

        @Override
        public Future<Void> stop() {
            return role.stop();
        }
    }
}
