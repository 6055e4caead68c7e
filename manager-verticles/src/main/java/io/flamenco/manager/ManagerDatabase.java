package io.flamenco.manager;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.mongo.FarmDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Where a Manager keeps what it must not forget. */
final class ManagerDatabase {

    private static final String NAME = "flamanager";

    private ManagerDatabase() {}

    /** Opens the MongoDB of the settings, or the embedded database in the data directory. */
    static Future<FarmDatabase> open(Vertx vertx, ManagerConfig config) {
        return FarmDatabase.open(
                vertx, config.databaseUrl(), config.dataDirectory().resolve("db"), NAME);
    }
}
