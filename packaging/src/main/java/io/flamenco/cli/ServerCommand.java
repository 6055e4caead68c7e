package io.flamenco.cli;

import io.flamenco.cli.process.RoleKind;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flamenco server}. */
@Command(
        name = "server",
        description = "Runs the Server: keeps jobs, makes tasks of them, and shows people how far they are.",
        mixinStandardHelpOptions = true,
        subcommands = {BackupCommand.class, RestoreCommand.class, CopyDatabaseCommand.class})
final class ServerCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private RoleOptions options = new RoleOptions();

    @Option(
            names = "--listen",
            paramLabel = "[HOST]:PORT",
            description = "Where to wait for calls. Default: :8090, on all addresses of this machine")
    private Optional<String> listen = Optional.empty();

    @Override
    public Integer call() {
        JsonObject over = new JsonObject();
        listen.ifPresent(address -> over.put("listen", address));
        return options.run(RoleKind.server(this::say), over);
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
