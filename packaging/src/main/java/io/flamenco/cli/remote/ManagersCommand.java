package io.flamenco.cli.remote;

import io.flamenco.cli.process.CommandFailure;
import io.flamenco.cli.remote.OneThingCommand.Subject;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code flamenco managers}. */
@Command(
        name = "managers",
        description = "Shows the Managers that the Server knows.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ManagersCommand.ManagerList.class)
public final class ManagersCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** The command with all that is below it. */
    public static CommandSpec spec() {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new ManagersCommand());
        spec.addSubcommand(
                "show",
                OneThingCommand.showing(
                        "Shows one Manager.",
                        Subject.byName("MANAGER"),
                        (with, text) -> new Ids(with).manager(text).compose(id -> find(with, id))));
        return spec;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command, such as list.");
    }

    private static Future<List<JsonObject>> all(Remote with) {
        return with.calls().get("managers").map(answer -> Remote.items(answer, "managers"));
    }

    private static Future<JsonObject> find(Remote with, String id) {
        return all(with)
                .map(managers -> managers.stream()
                        .filter(one -> id.equals(one.getString("id")))
                        .findFirst()
                        .orElseThrow(() -> CommandFailure.of("There is no Manager " + id + ".")));
    }

    /** {@code flamenco managers list}. */
    @Command(name = "list", description = "Lists all Managers.", mixinStandardHelpOptions = true)
    static final class ManagerList implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Mixin
        private RemoteOptions remote = new RemoteOptions();

        @Override
        public Integer call() {
            return remote.run(
                    spec, with -> all(with).map(managers -> with.screen().list(managers, ManagerList::table)));
        }

        private static Table table(List<JsonObject> managers) {
            Table table = new Table("ID", "NAME", "WORKERS", "URL", "TASK TYPES");
            managers.forEach(manager -> table.row(
                    manager.getString("id"),
                    manager.getString("name"),
                    manager.getInteger("nr_of_workers", 0),
                    manager.getString("url", ""),
                    manager.getJsonArray("worker_task_types", new JsonArray()).stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(" "))));
            return table;
        }
    }
}
