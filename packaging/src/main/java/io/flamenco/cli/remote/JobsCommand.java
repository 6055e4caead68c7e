package io.flamenco.cli.remote;

import io.flamenco.cli.jobs.JobView;
import io.flamenco.cli.remote.OneThingCommand.Subject;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
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

/** {@code flamenco jobs}. */
@Command(
        name = "jobs",
        description =
                "Shows and changes jobs on the Server; without a command, lists them. The beginning of an id will do when only"
                        + " one job's id begins so.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[COMMAND]",
        preprocessor = UsualCommand.class)
public final class JobsCommand {

    private JobsCommand() {}

    /** The command with all that is below it. */
    public static CommandSpec spec() {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new JobsCommand());
        RemoteOptions remote = RemoteOptions.of(spec);
        OneThingCommand.Group one = new OneThingCommand.Group(Subject.byId("JOB"), remote);
        spec.addSubcommand("list", CommandSpec.forAnnotatedObject(new JobList(remote, Clock.systemUTC())));
        spec.addSubcommand("show", one.showing("Shows one job with its settings.", JobsCommand::find));
        spec.addSubcommand(
                "log",
                one.of(
                        "log",
                        "Shows why a job is as it is: its reason, and the last lines of the logs of tasks that failed or run.",
                        (with, text) -> find(with, text).compose(found -> JobLog.show(with, found))));
        spec.addSubcommand("wait", CommandSpec.forAnnotatedObject(new Wait(remote)));
        spec.addSubcommand("priority", CommandSpec.forAnnotatedObject(new Priority(remote)));
        for (JobOrder order : JobOrder.values()) {
            spec.addSubcommand(order.word(), JobOrderCommand.of(order, remote));
        }
        return spec;
    }

    private static Future<JsonObject> find(Remote with, String text) {
        return new Ids(with).job(text).compose(id -> with.calls().get("jobs/" + id));
    }

    /** {@code flamenco jobs wait}. */
    @Command(
            name = "wait",
            description = "Stays until a job has ended, with a progress bar on a terminal; exits with 3 when it did not"
                    + " complete.",
            mixinStandardHelpOptions = true)
    static final class Wait implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Parameters(paramLabel = "JOB", description = "Its id, or the beginning of it.")
        private String job = "";

        @Option(names = "--timeout", paramLabel = "SECONDS", description = "Exit with 4 when it takes longer.")
        private Optional<Integer> timeout = Optional.empty();

        private final RemoteOptions remote;

        Wait(RemoteOptions remote) {
            this.remote = remote;
        }

        @Override
        public Integer call() {
            return remote.run(
                    spec,
                    with -> find(with, job)
                            .compose(found -> new Following(with, timeout).untilEnded(JobView.of(found))));
        }
    }

    /** {@code flamenco jobs priority}. */
    @Command(name = "priority", description = "Gives jobs another priority.", mixinStandardHelpOptions = true)
    static final class Priority implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Parameters(index = "0", paramLabel = "1..100", description = "Higher runs earlier.")
        private int priority;

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "JOB", description = "Ids, or their beginnings.")
        private List<String> jobs = List.of();

        private final RemoteOptions remote;

        Priority(RemoteOptions remote) {
            this.remote = remote;
        }

        @Override
        public Integer call() {
            remote.beginLog();
            JsonObject order = new JsonObject().put("action", "priority").put("priority", priority);
            return remote.run(
                    spec,
                    with -> new Ids(with)
                            .jobs(jobs)
                            .compose(ids -> new Bulk(with, "jobs/bulk", "has priority " + priority).on(ids, order)));
        }
    }

    /** {@code flamenco jobs list}. */
    @Command(name = "list", description = "Lists jobs, the newest first.", mixinStandardHelpOptions = true)
    static final class JobList implements Callable<Integer> {

        private final Clock clock;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Mixin
        private JobFilterOptions filter = new JobFilterOptions();

        @Option(
                names = "--sort",
                paramLabel = "FIELD",
                description = "created, updated, name, priority or status; with a - before it the other way round."
                        + " Default: -created")
        private String sort = "";

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "50",
                description = "How many at most. Default: ${DEFAULT-VALUE}")
        private int limit;

        private final RemoteOptions remote;

        JobList(RemoteOptions remote, Clock clock) {
            this.remote = remote;
            this.clock = clock;
        }

        @Override
        public Integer call() {
            if (limit < 1) {
                throw new ParameterException(spec.commandLine(), "--limit must be at least 1.");
            }
            Map<String, String> query = filter.query();
            query.put("sort", sort);
            return remote.run(
                    spec,
                    with -> with.list("jobs", "jobs", query, limit)
                            .map(jobs -> with.screen().list(jobs, this::table)));
        }

        private Table table(List<JsonObject> jobs) {
            Instant now = clock.instant();
            Table table = new Table("ID", "STATUS", "PRIO", "TASKS", "CHANGED", "TYPE", "NAME");
            for (JsonObject job : jobs) {
                JobView view = JobView.of(job);
                table.row(
                        view.id(),
                        job.getString("status"),
                        job.getInteger("priority"),
                        view.completed() + "/" + view.tasks(),
                        Ages.of(job.getString("updated"), now),
                        job.getString("job_type"),
                        view.name());
            }
            return table;
        }
    }
}
