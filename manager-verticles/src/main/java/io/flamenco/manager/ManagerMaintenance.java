package io.flamenco.manager;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.store.Clearance;
import io.flamenco.mongo.FarmDatabase;
import io.flamenco.shared.kernel.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Work on the database of a Manager that does not run. */
public final class ManagerMaintenance {

    private final Vertx vertx;
    private final ManagerConfig config;

    /**
     * @param vertx belongs to the caller
     * @param config the settings of the Manager, whose data directory nobody else may use meanwhile
     */
    public ManagerMaintenance(Vertx vertx, ManagerConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    /**
     * Opens the database, does the work, and closes the database again.
     *
     * @return what the work gave; a {@link StartFailure} when the embedded database cannot be opened
     */
    public <T> Future<T> with(Function<Clearance, Future<T>> work) {
        return ManagerDatabase.open(vertx, config)
                .recover(failure -> Future.failedFuture(new StartFailure(String.valueOf(failure.getMessage()))))
                .compose(database -> work(database, work));
    }

    private static <T> Future<T> work(FarmDatabase database, Function<Clearance, Future<T>> work) {
        return work.apply(new Clearance(database)).eventually(database::close);
    }
}
