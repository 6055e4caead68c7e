package io.flamenco.cli.remote;

import io.flamenco.cli.process.CommandFailure;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code flamenco jobs cancel} and its like: one order for jobs that are named, or found. */
@Command(mixinStandardHelpOptions = true)
final class JobOrderCommand implements Callable<Integer> {

    private final JobOrder order;
    private final CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "JOB", description = "Ids, or their beginnings.")
    private List<String> jobs = List.of();

    @Mixin
    private JobFilterOptions filter = new JobFilterOptions();

    @Option(names = "--dry-run", description = "Only say which jobs it would be.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask before many jobs are touched or one is deleted.")
    private boolean yes;

    private final RemoteOptions remote;

    private JobOrderCommand(JobOrder order, RemoteOptions remote) {
        this.order = order;
        this.remote = remote;
        this.spec = CommandSpec.forAnnotatedObject(this);
    }

    static CommandSpec of(JobOrder order, RemoteOptions remote) {
        JobOrderCommand command = new JobOrderCommand(order, remote);
        command.spec.name(order.word()).usageMessage().description(order.description());
        return command.spec;
    }

    @Override
    public Integer call() {
        if (jobs.isEmpty() == filter.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "Name the jobs, or say with --status, --type or --find which ones.");
        }
        remote.beginLog();
        JsonObject what = new JsonObject().put("action", order.word()).put("dry_run", dryRun);
        return remote.run(spec, with -> {
            boolean asks = !yes && !dryRun && (order == JobOrder.DELETE || !filter.isEmpty());
            Bulk bulk = new Bulk(with, "jobs/bulk", order.participle());
            return agreed(with, asks)
                    .compose(agreed -> filter.isEmpty()
                            ? new Ids(with).jobs(jobs).compose(ids -> bulk.on(ids, what))
                            : bulk.onAll(filter.filter(), what));
        });
    }

    private Future<Void> agreed(Remote with, boolean asks) {
        if (!asks) {
            return Future.succeededFuture();
        }
        if (!with.screen().terminal()) {
            return Future.failedFuture(CommandFailure.of(
                    "Nobody is there to ask whether that is meant; add --yes, or look first with --dry-run."));
        }
        return with.vertx().executeBlocking(() -> {
            String question = filter.isEmpty()
                    ? "Shall " + jobs.size() + " job(s) be " + order.participle() + "? [y/N] "
                    : "Shall all jobs that match be " + order.participle() + "? [y/N] ";
            if (!with.screen().agrees(question)) {
                throw CommandFailure.of("Nothing was done.");
            }
            return null;
        });
    }
}
