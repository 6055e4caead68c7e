package io.flamenco.cli.remote;

import io.flamenco.cli.process.CommandFailure;
import io.flamenco.cli.remote.OneThingCommand.Subject;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code flamenco managers}. */
@Command(
        name = "managers",
        description = "Shows the Managers that the Server knows; without a command, lists them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[COMMAND]",
        preprocessor = UsualCommand.class)
public final class ManagersCommand {

    private ManagersCommand() {}

    /** The command with all that is below it. */
    public static CommandSpec spec() {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new ManagersCommand());
        RemoteOptions remote = RemoteOptions.of(spec);
        spec.addSubcommand("list", CommandSpec.forAnnotatedObject(new ManagerList(remote, Clock.systemUTC())));
        spec.addSubcommand(
                "show",
                new OneThingCommand.Group(Subject.byName("MANAGER"), remote)
                        .showing(
                                "Shows one Manager.",
                                (with, text) -> new Ids(with).manager(text).compose(id -> find(with, id))));
        return spec;
    }

    private static Future<List<JsonObject>> all(Remote with) {
        return with.list("managers", "managers", Map.of(), Ids.MOST);
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

        private final RemoteOptions remote;
        private final Clock clock;

        ManagerList(RemoteOptions remote, Clock clock) {
            this.remote = remote;
            this.clock = clock;
        }

        @Override
        public Integer call() {
            return remote.run(
                    spec, with -> all(with).map(managers -> with.screen().list(managers, this::table)));
        }

        private Table table(List<JsonObject> managers) {
            Table table = new Table("ID", "NAME", "WORKERS", "HEARD", "URL", "TASK TYPES");
            Instant now = clock.instant();
            managers.forEach(manager -> table.row(
                    manager.getString("id"),
                    manager.getString("name"),
                    manager.getInteger("nr_of_workers", 0),
                    Ages.of(manager.getString("heard"), now) + (manager.getBoolean("silent", false) ? " (silent)" : ""),
                    manager.getString("url", ""),
                    manager.getJsonArray("worker_task_types", new JsonArray()).stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(" "))));
            return table;
        }
    }
}
