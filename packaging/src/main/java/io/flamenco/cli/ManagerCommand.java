package io.flamenco.cli;

import io.flamenco.cli.process.RoleKind;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flamenco manager}. */
@Command(
        name = "manager",
        description = "Runs a Manager: fetches tasks from the Server and hands them to the Workers of one site.",
        mixinStandardHelpOptions = true,
        subcommands = JoinCommand.class)
final class ManagerCommand implements Callable<Integer> {

    @Mixin
    private RoleOptions options = new RoleOptions();

    @Option(
            names = "--listen",
            paramLabel = "[HOST]:PORT",
            description = "Where to wait for calls. Default: :8080, on all addresses of this machine")
    private Optional<String> listen = Optional.empty();

    @Option(names = "--server", paramLabel = "URL", description = "The Server, such as http://server.studio:8090/")
    private Optional<String> server = Optional.empty();

    @Override
    public Integer call() {
        JsonObject over = new JsonObject();
        listen.ifPresent(address -> over.put("listen", address));
        server.ifPresent(url -> over.put("flamenco", url));
        return options.run(RoleKind.MANAGER, over);
    }
}
