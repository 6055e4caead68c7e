package io.flamenco.manager;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.mongo.DatabasePlace;
import io.flamenco.mongo.FarmDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;

/** Where a Manager keeps what it must not forget. */
public final class ManagerDatabase {

    private static final String NAME = "flamanager";

    private ManagerDatabase() {}

    /** Where the embedded database of a Manager is that has this data directory. */
    public static DatabasePlace place(Path dataDirectory) {
        return new DatabasePlace(dataDirectory.resolve("db"), NAME);
    }

    /** Opens the MongoDB of the settings, or the embedded database in the data directory. */
    static Future<FarmDatabase> open(Vertx vertx, ManagerConfig config) {
        DatabasePlace place = place(config.dataDirectory());
        return FarmDatabase.open(vertx, config.databaseUrl(), place.directory(), place.name());
    }
}
