package io.flamenco.cli.backup;

import io.flamenco.cli.process.RoleFile;
import io.flamenco.cli.process.RoleKind;
import io.flamenco.manager.ManagerDatabase;
import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.mongo.DatabasePlace;
import io.flamenco.server.ServerConfig;
import io.flamenco.server.ServerRole;
import io.flamenco.shared.https.Listening;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A role whose database is looked after.
 *
 * @param name {@code manager} or {@code server}
 * @param data its own directory
 * @param database where its embedded database is, if it has one
 * @param databaseUrl its MongoDB, if it has one
 * @param url where it is reached from this machine while it runs
 */
public record KeptRole(String name, Path data, DatabasePlace database, Optional<String> databaseUrl, URI url) {

    /**
     * The role of that kind with these settings.
     *
     * @param place the data directory of all roles
     */
    public static KeptRole of(RoleKind kind, RoleFile file, Path place) {
        Path data = place.resolve(kind.name()).toAbsolutePath().normalize();
        if (kind.equals(RoleKind.SERVER)) {
            ServerConfig config = ServerConfig.read(file.source(), file.settings(), data, System.getenv());
            return new KeptRole(
                    kind.name(), data, ServerRole.databasePlace(data), config.databaseUrl(), local(config.listening()));
        }
        ManagerConfig config = RoleKind.managerConfig(file, data);
        return new KeptRole(
                kind.name(), data, ManagerDatabase.place(data), config.databaseUrl(), local(config.listening()));
    }

    /** The token with which it lets itself be looked after. */
    Path token() {
        return data.resolve("api-token");
    }

    private static URI local(Listening listening) {
        return listening.local(listening.address().port());
    }
}
