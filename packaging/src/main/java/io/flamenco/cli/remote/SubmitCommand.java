package io.flamenco.cli.remote;

import io.flamenco.cli.process.CommandFailure;
import io.flamenco.server.compile.JobTypes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * {@code flamenco submit}. Each job type that this program knows is a command of its own; one that only the Server knows, such as
 * that of a plug-in, becomes one as the Server describes it.
 */
@Command(
        name = "submit",
        description = "Submits a job to the Server. Each job type has options of its own: flamenco submit TYPE --help."
                + " Types that plug-ins bring to the Server can be submitted likewise.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "TYPE",
        footerHeading = "%nExamples:%n",
        footer = {
            "  flamenco submit sleep --frames 1-10 --time-in-seconds 2 --wait",
            "  flamenco submit blender-render scene.blend --frames 1-250 --chunk 5 --wait",
            "  flamenco submit test-pattern --frames 1-24 --render-output /out/###### --json"
        })
public final class SubmitCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(arity = "0..*", hidden = true)
    private List<String> words = new ArrayList<>();

    /** The command with one command below it for each job type that is known here. */
    public static CommandSpec spec() {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new SubmitCommand());
        spec.parser().stopAtPositional(true).unmatchedOptionsArePositionalParams(true);
        JobTypes.load(true)
                .all()
                .forEach(compiler -> spec.addSubcommand(
                        compiler.jobType(), new CommandLine(JobTypeCommand.of(JobType.of(compiler)))));
        return spec;
    }

    @Override
    public Integer call() {
        if (words.isEmpty() || words.getFirst().startsWith("-")) {
            throw new ParameterException(
                    spec.commandLine(),
                    words.isEmpty()
                            ? "Name a job type, such as blender-render."
                            : "Name the job type before " + words.getFirst() + ".");
        }
        List<String> rest = words.subList(1, words.size());
        CommandSpec submit = JobTypeCommand.of(described(words.getFirst(), rest));
        submit.parent(spec);
        return new CommandLine(submit)
                .setOut(spec.commandLine().getOut())
                .setErr(spec.commandLine().getErr())
                .setParameterExceptionHandler(spec.commandLine().getParameterExceptionHandler())
                .setExecutionExceptionHandler(spec.commandLine().getExecutionExceptionHandler())
                .execute(rest.toArray(String[]::new));
    }

    /** Asks the Server that the other words name. */
    private JobType described(String name, List<String> rest) {
        Where where = new Where();
        CommandLine line = new CommandLine(where)
                .setOut(spec.commandLine().getOut())
                .setErr(spec.commandLine().getErr());
        line.parseArgs(rest.toArray(String[]::new));
        JsonArray types = where.remote.run(
                line.getCommandSpec(),
                with -> with.calls().get("job-types").map(answer -> answer.getJsonArray("job_types", new JsonArray())));
        List<JobType> known =
                types.stream().map(JsonObject.class::cast).map(JobType::of).toList();
        return known.stream()
                .filter(type -> name.equals(type.name()))
                .findFirst()
                .orElseThrow(() -> CommandFailure.of("The Server knows no job type \"" + name + "\"; it knows "
                        + known.stream().map(JobType::name).collect(Collectors.joining(", ")) + "."));
    }

    /** Understands nothing but where the Server is. */
    @Command
    private static final class Where {

        @Mixin
        private RemoteOptions remote = new RemoteOptions();

        @Unmatched
        @SuppressWarnings("UnusedVariable") // takes what is for the job type
        private List<String> others = new ArrayList<>();
    }
}
