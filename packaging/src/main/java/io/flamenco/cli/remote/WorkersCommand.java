package io.flamenco.cli.remote;

import io.flamenco.cli.process.ExitCode;
import io.flamenco.cli.remote.OneThingCommand.Subject;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flamenco workers}. */
@Command(
        name = "workers",
        description =
                "Shows the Workers of all Managers, and asks them for another status; without a command, lists them. A"
                        + " Worker goes by its name, its id, or the beginning of that.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[COMMAND]",
        preprocessor = UsualCommand.class)
public final class WorkersCommand {

    private static final int MOST = 10_000;

    private WorkersCommand() {}

    /** The command with all that is below it. */
    public static CommandSpec spec() {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new WorkersCommand());
        RemoteOptions remote = RemoteOptions.of(spec);
        spec.addSubcommand("list", CommandSpec.forAnnotatedObject(new WorkerList(remote)));
        spec.addSubcommand(
                "show",
                new OneThingCommand.Group(Subject.byName("WORKER"), remote)
                        .showing(
                                "Shows one Worker.",
                                (with, text) -> new Ids(with)
                                        .worker(text)
                                        .compose(id -> with.calls().get("workers/" + id))));
        spec.addSubcommand("wake", StatusOrder.of("wake", "awake", remote, "Wakes Workers that sleep."));
        spec.addSubcommand("sleep", StatusOrder.of("sleep", "asleep", remote, "Sends Workers to sleep."));
        spec.addSubcommand("shutdown", StatusOrder.of("shutdown", "shutdown", remote, "Ends Workers."));
        return spec;
    }

    /** {@code flamenco workers list}. */
    @Command(name = "list", description = "Lists the Workers of all Managers.", mixinStandardHelpOptions = true)
    static final class WorkerList implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Option(names = "--status", paramLabel = "STATUS", description = "Those of this status.")
        private String status = "";

        @Option(names = "--manager", paramLabel = "NAME", description = "Those of this Manager.")
        private Optional<String> manager = Optional.empty();

        private final RemoteOptions remote;

        WorkerList(RemoteOptions remote) {
            this.remote = remote;
        }

        @Override
        public Integer call() {
            return remote.run(
                    spec,
                    with -> manager.map(text -> new Ids(with).manager(text))
                            .orElseGet(() -> Future.succeededFuture(""))
                            .compose(id -> with.list("workers", "workers", query(id), MOST))
                            .map(workers -> with.screen().list(workers, WorkerList::table)));
        }

        private Map<String, String> query(String managerId) {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("status", status);
            query.put("manager", managerId);
            return query;
        }

        private static Table table(List<JsonObject> workers) {
            Table table = new Table("ID", "STATUS", "MANAGER", "NAME", "ADDRESS", "TASK", "TASK TYPES");
            workers.forEach(worker -> table.row(
                    worker.getString("id"),
                    worker.getString("status", "") + wanted(worker),
                    worker.getString("manager_name", "")
                            + (worker.getBoolean("manager_silent", false) ? " (silent)" : ""),
                    worker.getString("nickname", ""),
                    worker.getString("address", ""),
                    worker.getString("current_task", ""),
                    words(worker.getJsonArray("supported_task_types"))));
            return table;
        }

        private static String wanted(JsonObject worker) {
            String status = worker.getString("status_requested", "");
            return status.isEmpty() ? "" : " → " + status;
        }

        private static String words(JsonArray list) {
            return list == null
                    ? ""
                    : String.join(" ", list.stream().map(String::valueOf).toList());
        }
    }

    /** {@code flamenco workers wake} and its like. */
    @Command(mixinStandardHelpOptions = true)
    private static final class StatusOrder implements Callable<Integer> {

        private final String status;
        private final CommandSpec spec;

        @Parameters(arity = "1..*", paramLabel = "WORKER", description = "Names, ids, or their beginnings.")
        private List<String> workers = List.of();

        @Option(names = "--lazy", description = "They may finish their tasks first.")
        private boolean lazy;

        private final RemoteOptions remote;

        private StatusOrder(String status, RemoteOptions remote) {
            this.remote = remote;
            this.status = status;
            this.spec = CommandSpec.forAnnotatedObject(this);
        }

        static CommandSpec of(String name, String status, RemoteOptions remote, String description) {
            StatusOrder order = new StatusOrder(status, remote);
            order.spec.name(name).usageMessage().description(description);
            return order.spec;
        }

        @Override
        public Integer call() {
            return remote.run(spec, with -> {
                Future<Integer> done = Future.succeededFuture(ExitCode.DONE);
                for (String worker : workers) {
                    done = done.compose(before -> order(with, worker).map(before));
                }
                return done;
            });
        }

        private Future<Void> order(Remote with, String worker) {
            JsonObject order = new JsonObject().put("status", status).put("lazy", lazy);
            return new Ids(with)
                    .worker(worker)
                    .compose(id -> with.calls()
                            .post("workers/" + id + "/request-status", order)
                            .map(answer -> {
                                if (with.screen().json()) {
                                    with.screen().say(answer);
                                } else {
                                    with.screen()
                                            .say(id + " is asked to be " + status
                                                    + "; its Manager fetches the order with its next report.");
                                }
                                return null;
                            }));
        }
    }
}
