package io.flamenco.cli.process;

import io.flamenco.manager.ManagerRole;
import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.server.ServerConfig;
import io.flamenco.server.ServerRole;
import io.flamenco.shared.kernel.Role;
import io.flamenco.worker.WorkerConfig;
import io.flamenco.worker.WorkerRole;
import io.flamenco.worker.WorkerSignals;
import io.flamenco.worker.WorkerSlots;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A role, and how it is started.
 *
 * @param name {@code server}, {@code manager} or {@code worker}
 * @param starter reads the settings and starts it
 */
public record RoleKind(String name, Starter starter) {

    public static final RoleKind SERVER = new RoleKind(
            "server",
            (vertx, file, data, environment) ->
                    ServerRole.start(vertx, ServerConfig.read(file.source(), file.settings(), data, environment)));
    public static final RoleKind MANAGER = new RoleKind(
            "manager",
            (vertx, file, data, environment) -> ManagerRole.start(vertx, managerConfig(file, data, environment)));
    public static final RoleKind WORKER = new RoleKind(
            "worker",
            (vertx, file, data, environment) ->
                    WorkerRole.start(vertx, WorkerConfig.read(file.source(), file.settings(), data, environment)));

    /**
     * A Server that says how to log in for the first time.
     *
     * @param say is told a sentence for people, with a secret; only when the start made the first admin
     */
    public static RoleKind server(Consumer<String> say) {
        return new RoleKind(
                SERVER.name(),
                (vertx, file, data, environment) -> ServerRole.start(
                                vertx, ServerConfig.read(file.source(), file.settings(), data, environment))
                        .onSuccess(server -> server.pin()
                                .ifPresent(
                                        pin -> say.accept("Browsers warn of the Server's certificate, and Managers ask"
                                                + " whether its key has the fingerprint " + pin)))
                        .onSuccess(server -> server.firstPassword()
                                .ifPresent(password -> say.accept("Log in at "
                                        + server.url().orElseThrow().resolve("login")
                                        + " as admin with the one-time password "
                                        + password + " and choose one of your own."))));
    }

    /**
     * Several Workers in one process, which hear the signals of the original's.
     *
     * @param slots how many
     * @param checked sees the settings of each before they start
     */
    public static RoleKind workers(int slots, Consumer<WorkerConfig> checked) {
        return new RoleKind(WORKER.name(), (vertx, file, data, environment) -> {
            List<WorkerConfig> configs =
                    WorkerConfig.readSlots(file.source(), file.settings(), data, environment, slots);
            configs.forEach(checked);
            return WorkerSlots.start(vertx, configs).onSuccess(started -> WorkerSignals.install(started.workers()));
        });
    }

    /**
     * A Manager's settings, checked.
     *
     * @param data its own directory
     * @throws io.flamenco.shared.config.ConfigurationException when something is wrong
     */
    public static ManagerConfig managerConfig(RoleFile file, Path data) {
        return managerConfig(file, data, System.getenv());
    }

    private static ManagerConfig managerConfig(RoleFile file, Path data, Map<String, String> environment) {
        return ManagerConfig.read(file.source(), file.settings(), data, environment);
    }

    /** Reads the settings of a role and starts it. */
    @FunctionalInterface
    public interface Starter {

        Future<? extends Role> start(Vertx vertx, RoleFile file, Path data, Map<String, String> environment);
    }

    /**
     * Starts one.
     *
     * @param data its own directory, which exists
     * @return the role; a {@link io.flamenco.shared.config.ConfigurationException} when the settings are wrong, a {@link
     *     io.flamenco.shared.kernel.StartFailure} when it cannot start
     */
    public Future<Role> start(Vertx vertx, RoleFile file, Path data) {
        try {
            return starter.start(vertx, file, data, System.getenv()).map(role -> role);
        } catch (RuntimeException refused) {
            return Future.failedFuture(refused);
        }
    }
}
