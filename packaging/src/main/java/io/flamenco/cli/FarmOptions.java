package io.flamenco.cli;

import io.flamenco.cli.farm.FarmPlan;
import io.flamenco.cli.farm.Installed;
import io.flamenco.cli.process.RoleFile;
import io.flamenco.shared.config.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What the commands take that run a whole farm. */
final class FarmOptions {

    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_WORKERS = 64;

    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "A YAML file with the settings of all roles under server:, manager: and worker:. Without it,"
                    + " farm.yaml in the data directory is read when there is one.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--server-port",
            paramLabel = "PORT",
            defaultValue = "8090",
            description = "Where the Server waits for calls; 0 for any free port. Default: ${DEFAULT-VALUE}")
    private int serverPort;

    @Option(
            names = "--manager-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Where the Manager waits for calls; 0 for any free port. Default: ${DEFAULT-VALUE}")
    private int managerPort;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "2",
            description = "How many Workers. Default: ${DEFAULT-VALUE}")
    private int workers;

    /**
     * The farm that is wanted.
     *
     * @param host on which address of this machine the roles wait for calls; empty for all
     * @param installed which programs the Workers may use
     */
    Future<FarmPlan> plan(Vertx vertx, Path data, String host, Installed installed) {
        check("--server-port", serverPort, 0, HIGHEST_PORT);
        check("--manager-port", managerPort, 0, HIGHEST_PORT);
        check("--workers", workers, 0, MOST_WORKERS);
        return RoleFile.read(vertx, config, data.resolve("farm.yaml")).map(file -> plan(file, data, host, installed));
    }

    private FarmPlan plan(RoleFile file, Path data, String host, Installed installed) {
        Settings settings = new Settings(file.source(), file.settings(), Map.of(), "");
        settings.section("server");
        settings.section("manager");
        settings.section("worker");
        settings.finish();
        return new FarmPlan(
                data,
                file.source(),
                section(file, "server"),
                section(file, "manager"),
                section(file, "worker"),
                host + ":" + serverPort,
                host + ":" + managerPort,
                workers,
                installed);
    }

    private static JsonObject section(RoleFile file, String role) {
        JsonObject section = file.settings().getJsonObject(role);
        return section == null ? new JsonObject() : section;
    }

    private void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), option + " must be " + least + " to " + most + ", not " + value + ".");
        }
    }
}
