package io.flamenco.cli;

import io.flamenco.cli.process.MainThread;
import io.flamenco.cli.process.RoleKind;
import io.flamenco.cli.process.RoleProcess;
import io.flamenco.manager.ManagerMaintenance;
import io.flamenco.manager.config.ManagerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flamenco manager}. */
@Command(
        name = "manager",
        description = {
            "Runs a Manager: fetches tasks from the Server and hands them to the Workers of one site.",
            "Long options may be written with one dash, as in -cleanslate."
        },
        preprocessor = SingleDash.class,
        mixinStandardHelpOptions = true,
        subcommands = {JoinCommand.class, BackupCommand.class, RestoreCommand.class, CopyDatabaseCommand.class})
final class ManagerCommand implements Callable<Integer> {

    private final Consent consent;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private RoleOptions options = new RoleOptions();

    @Option(
            names = "--listen",
            paramLabel = "[HOST]:PORT",
            description = "Where to wait for calls. Default: :8080, on all addresses of this machine")
    private Optional<String> listen = Optional.empty();

    @Option(names = "--server", paramLabel = "URL", description = "The Server, such as http://server.studio:8090/")
    private Optional<String> server = Optional.empty();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "production or develop, which the dashboard shows. Default: as the settings say")
    private String mode = "";

    @Option(
            names = "--cleanslate",
            description =
                    "Asks, then forgets all tasks so that the next start downloads them anew, and ends. The Manager"
                            + " must not be running.")
    private boolean cleanSlate;

    @Option(
            names = "--purgequeue",
            description =
                    "Asks, then forgets what the Server was not told yet, and ends. The Manager must not be running.")
    private boolean purgeQueue;

    @Option(names = "--yes", description = "With --cleanslate or --purgequeue: does not ask.")
    private boolean yes;

    @Option(
            names = "--setup",
            description = "Begins with the set-up in the browser, as a Manager does by itself that is not linked with a"
                    + " Server.")
    private boolean setup;

    @Option(names = "--verbose", hidden = true)
    private boolean verbose;

    @Option(
            names = "--gc",
            description =
                    "Says which forgotten files of the file store would be removed, and ends. The Manager must not be"
                            + " running.")
    private boolean collect;

    @Option(names = "--i-know-what-i-am-doing", description = "With --gc: removes them.")
    private boolean really;

    /**
     * @param consent asks before something is thrown away
     */
    ManagerCommand(Consent consent) {
        this.consent = consent;
    }

    @Override
    public Integer call() {
        if (cleanSlate) {
            return clear(ManagerClearing::cleanSlate);
        }
        if (collect) {
            return collectFiles();
        }
        return purgeQueue ? clear(ManagerClearing::purgeQueue) : run();
    }

    private int run() {
        if (verbose) {
            spec.commandLine().getErr().println("flamenco: -verbose has no effect any more; use -debug.");
        }
        return options.runManager(over(), setup, line -> {
            PrintWriter out = spec.commandLine().getOut();
            out.println(line);
            out.flush();
        });
    }

    private int clear(Consumer<ManagerClearing> work) {
        Path directory = options.take(RoleKind.MANAGER);
        Vertx vertx = RoleProcess.clientVertx();
        try {
            ManagerConfig config = MainThread.await(options.file(vertx, RoleKind.MANAGER)
                    .map(file -> RoleKind.managerConfig(file.with(over()), directory)));
            Consumer<PrintWriter> ask = yes ? out -> {} : consent::ask;
            work.accept(new ManagerClearing(
                    new ManagerMaintenance(vertx, config),
                    directory,
                    spec.commandLine().getOut(),
                    ask));
            return 0;
        } finally {
            MainThread.await(vertx.close());
        }
    }

    private int collectFiles() {
        Path directory = options.take(RoleKind.MANAGER);
        Vertx vertx = RoleProcess.clientVertx();
        try {
            ManagerConfig config = MainThread.await(options.file(vertx, RoleKind.MANAGER)
                    .map(file -> RoleKind.managerConfig(file.with(over()), directory)));
            new FileStoreCollection(config.shaman(), spec.commandLine().getOut()).collect(!really);
            return 0;
        } finally {
            MainThread.await(vertx.close());
        }
    }

    private JsonObject over() {
        JsonObject over = new JsonObject();
        listen.ifPresent(address -> over.put("listen", address));
        server.ifPresent(url -> over.put("flamenco", url));
        if (!mode.isBlank()) {
            over.put("mode", mode);
        }
        return over;
    }
}
