package io.flamenco.cli;

import io.flamenco.cli.process.RoleKind;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flamenco worker}. */
@Command(
        name = "worker",
        description = "Runs a Worker: takes tasks from a Manager and does them on this machine.",
        mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {

    @Mixin
    private RoleOptions options = new RoleOptions();

    @Option(names = "--manager", paramLabel = "URL", description = "The Manager, such as http://manager.studio:8080/")
    private Optional<String> manager = Optional.empty();

    @Override
    public Integer call() {
        JsonObject over = new JsonObject();
        manager.ifPresent(url -> over.put("manager_url", url));
        return options.run(RoleKind.WORKER, over);
    }
}
