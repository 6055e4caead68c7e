package io.flamenco.cli.remote;

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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flamenco tasks}. */
@Command(
        name = "tasks",
        description =
                "Shows and changes the tasks of jobs. The beginning of an id will do when only one task's id begins so.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class TasksCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** The command with all that is below it. */
    public static CommandSpec spec() {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new TasksCommand());
        RemoteOptions remote = RemoteOptions.of(spec);
        spec.addSubcommand("list", CommandSpec.forAnnotatedObject(new TaskList(remote)));
        spec.addSubcommand("log", CommandSpec.forAnnotatedObject(new TaskLogCommand(remote)));
        spec.addSubcommand("requeue", CommandSpec.forAnnotatedObject(new Requeue(remote)));
        spec.addSubcommand("cancel", CommandSpec.forAnnotatedObject(new Cancel(remote)));
        spec.addSubcommand(
                "show",
                new OneThingCommand.Group(Subject.byId("TASK"), remote)
                        .showing(
                                "Shows one task with its commands.",
                                (with, text) -> new Ids(with)
                                        .task(text)
                                        .compose(id -> with.calls().get("tasks/" + id))));
        return spec;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say of which job: flamenco tasks list JOB");
    }

    /** {@code flamenco tasks list}. */
    @Command(
            name = "list",
            description = "Lists the tasks of a job, in the order in which they were made.",
            mixinStandardHelpOptions = true)
    static final class TaskList implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Parameters(paramLabel = "JOB", description = "Its id, or the beginning of it.")
        private String job = "";

        @Option(
                names = "--status",
                split = ",",
                paramLabel = "STATUS",
                description = "Tasks of these statuses, separated by commas.")
        private List<String> statuses = List.of();

        @Option(names = "--find", paramLabel = "TEXT", description = "Tasks whose name contains this.")
        private Optional<String> name = Optional.empty();

        @Option(
                names = "--worker",
                paramLabel = "TEXT",
                description = "Tasks whose Worker's name or address contains this.")
        private Optional<String> worker = Optional.empty();

        @Option(
                names = "--sort",
                paramLabel = "FIELD",
                description = "created, updated, name, priority or status; with a - before it the other way round.")
        private String sort = "";

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "200",
                description = "How many at most. Default: ${DEFAULT-VALUE}")
        private int limit;

        private final RemoteOptions remote;

        TaskList(RemoteOptions remote) {
            this.remote = remote;
        }

        @Override
        public Integer call() {
            if (limit < 1) {
                throw new ParameterException(spec.commandLine(), "--limit must be at least 1.");
            }
            Map<String, String> query = new LinkedHashMap<>();
            query.put("status", String.join(",", statuses));
            query.put("q", name.orElse(""));
            query.put("worker", worker.orElse(""));
            query.put("sort", sort);
            return remote.run(
                    spec,
                    with -> new Ids(with)
                            .job(job)
                            .compose(id -> with.list("jobs/" + id + "/tasks", "tasks", query, limit))
                            .map(tasks -> with.screen().list(tasks, TaskList::table)));
        }

        private static Table table(List<JsonObject> tasks) {
            Table table = new Table("ID", "STATUS", "%", "TYPE", "WORKER", "NAME");
            for (JsonObject task : tasks) {
                table.row(
                        task.getString("id"),
                        task.getString("status"),
                        task.getInteger("task_progress_percentage", 0),
                        task.getString("task_type"),
                        task.getString("worker", ""),
                        task.getString("name"));
            }
            return table;
        }
    }

    /** {@code flamenco tasks requeue}. */
    @Command(name = "requeue", description = "Runs finished tasks again.", mixinStandardHelpOptions = true)
    static final class Requeue implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Mixin
        private TaskChoice choice = new TaskChoice();

        @Option(names = "--successors", description = "With all tasks that wait for them.")
        private boolean successors;

        private final RemoteOptions remote;

        Requeue(RemoteOptions remote) {
            this.remote = remote;
        }

        @Override
        public Integer call() {
            remote.beginLog();
            JsonObject order = new JsonObject().put("action", "requeue").put("successors", successors);
            return remote.run(spec, with -> choice.give(spec, with, order, "queued again"));
        }
    }

    /** {@code flamenco tasks cancel}. */
    @Command(name = "cancel", description = "Stops tasks.", mixinStandardHelpOptions = true)
    static final class Cancel implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Mixin
        private TaskChoice choice = new TaskChoice();

        private final RemoteOptions remote;

        Cancel(RemoteOptions remote) {
            this.remote = remote;
        }

        @Override
        public Integer call() {
            remote.beginLog();
            JsonObject order = new JsonObject().put("action", "cancel");
            return remote.run(spec, with -> choice.give(spec, with, order, "canceled"));
        }
    }

    /** Which tasks are meant. */
    static final class TaskChoice {

        @Parameters(arity = "0..*", paramLabel = "TASK", description = "Ids, or their beginnings.")
        private List<String> tasks = List.of();

        @Option(names = "--job", paramLabel = "JOB", description = "Instead of ids: the tasks of this job.")
        private Optional<String> job = Optional.empty();

        @Option(
                names = "--status",
                split = ",",
                paramLabel = "STATUS",
                description = "With --job: those of these statuses.")
        private List<String> statuses = List.of();

        Future<Integer> give(CommandSpec spec, Remote with, JsonObject order, String participle) {
            if (tasks.isEmpty() == job.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), "Name the tasks, or say with --job, and perhaps --status, which ones.");
            }
            Bulk bulk = new Bulk(with, "tasks/bulk", participle);
            return job.map(text -> new Ids(with).job(text).compose(id -> bulk.onAll(filter(id), order)))
                    .orElseGet(() -> new Ids(with).tasks(tasks).compose(ids -> bulk.on(ids, order)));
        }

        private JsonObject filter(String id) {
            JsonObject filter = new JsonObject().put("job", id);
            return statuses.isEmpty() ? filter : filter.put("status", new JsonArray(statuses));
        }
    }
}
