package io.flamenco.cli;

import io.flamenco.cli.backup.KeptRole;
import io.flamenco.cli.process.CommandFailure;
import io.flamenco.cli.process.DataDirectory;
import io.flamenco.cli.process.MainThread;
import io.flamenco.cli.process.RoleProcess;
import io.flamenco.mongo.DatabaseCopy;
import io.flamenco.mongo.DatabasePlace;
import io.flamenco.mongo.FarmDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flamenco manager copy-database} and {@code flamenco server copy-database}. */
@Command(
        name = "copy-database",
        description = "Copies the embedded database into an empty MongoDB database. The role must not be running;"
                + " afterwards set database_url in its settings to the same URL.",
        mixinStandardHelpOptions = true)
final class CopyDatabaseCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--to",
            paramLabel = "URL",
            required = true,
            description = "The MongoDB, such as mongodb://localhost:27017/flamanager")
    private String to = "";

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private LogOptions log = new LogOptions();

    @Override
    public Integer call() throws IOException {
        log.toConsole();
        KeptRole role = place.role(spec.parent().name());
        if (!DataDirectory.takeRoleIfFree(role.data())) {
            throw CommandFailure.of("The " + role.name() + " runs; stop it first.");
        }
        Vertx vertx = RoleProcess.clientVertx();
        try {
            long documents = MainThread.await(copied(vertx, role.database()));
            PrintWriter out = spec.commandLine().getOut();
            out.println(documents + " documents are copied; now set database_url in the settings of the " + role.name()
                    + ".");
            out.flush();
            return 0;
        } finally {
            MainThread.await(vertx.close());
        }
    }

    private Future<Long> copied(Vertx vertx, DatabasePlace from) {
        return FarmDatabase.open(vertx, Optional.empty(), from.directory(), from.name())
                .compose(embedded -> FarmDatabase.open(vertx, Optional.of(to), from.directory(), from.name())
                        .compose(target -> DatabaseCopy.copy(embedded, target).eventually(target::close))
                        .eventually(embedded::close))
                .recover(failure -> Future.failedFuture(
                        CommandFailure.of("The database is not copied: " + failure.getMessage() + ".")));
    }
}
