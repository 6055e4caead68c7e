package io.flamenco.cli.backup;

import io.flamenco.cli.process.RoleFile;
import io.flamenco.cli.process.RoleKind;
import io.flamenco.manager.ManagerDatabase;
import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.mongo.DatabasePlace;
import io.flamenco.server.ServerConfig;
import io.flamenco.server.ServerRole;
import io.flamenco.shared.https.Listening;
import io.flamenco.shared.https.blocking.Keepers;
import io.flamenco.shared.trust.PeerTrust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * A role whose database is looked after.
 *
 * @param name {@code manager} or {@code server}
 * @param data its own directory
 * @param database where its embedded database is, if it has one
 * @param databaseUrl its MongoDB, if it has one
 * @param listening where it is reached while it runs
 */
public record KeptRole(
        String name, Path data, DatabasePlace database, Optional<String> databaseUrl, Listening listening) {

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
                    kind.name(), data, ServerRole.databasePlace(data), config.databaseUrl(), config.listening());
        }
        ManagerConfig config = RoleKind.managerConfig(file, data);
        return new KeptRole(kind.name(), data, ManagerDatabase.place(data), config.databaseUrl(), config.listening());
    }

    /** The token with which it lets itself be looked after. */
    Path token() {
        return data.resolve("api-token");
    }

    /** Where it is reached from this machine. */
    public URI url() {
        return listening.local(listening.address().port());
    }

    /** By what it is recognised: its own files tell. */
    PeerTrust trust(Clock clock) throws IOException {
        PeerTrust usual = PeerTrust.usual(PeerTrust.Peer.ofSettings(name, name));
        return Keepers.inUse(listening, data, clock.instant())
                .map(usual::pinned)
                .orElse(usual);
    }
}
