package io.flamenco.cli;

import io.flamenco.cli.jobs.JobSubmission;
import io.flamenco.cli.jobs.JobView;
import io.flamenco.cli.jobs.JobWatch;
import io.flamenco.cli.jobs.JobsClient;
import io.flamenco.cli.jobs.SettingText;
import io.flamenco.cli.jobs.Token;
import io.flamenco.cli.process.ExitCode;
import io.flamenco.cli.process.MainThread;
import io.flamenco.cli.process.RoleProcess;
import io.flamenco.cli.upload.UploadOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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

/** {@code flamenco submit}. */
@Command(
        name = "submit",
        description = "Submits a job to the Server.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  flamenco submit sleep --set frames=1-10 --set chunk_size=1 --set time_in_seconds=2",
            "  flamenco submit blender-render /studio/scene.blend --frames 1-250 --chunk 5 \\",
            "      --render-output /studio/render/scene/###### --wait"
        })
final class SubmitCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "JOBTYPE", description = "What to do, such as blender-render.")
    private String jobType = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "The file to work on; short for --set filepath=FILE. Workers must see it under the same path.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            description = "The job's name for people. Default: made from the type")
    private Optional<String> name = Optional.empty();

    @Option(names = "--frames", paramLabel = "RANGE", description = "Short for --set frames=RANGE, such as 1-30,40.")
    private Optional<String> frames = Optional.empty();

    @Option(names = "--chunk", paramLabel = "N", description = "Frames per task; short for --set chunk_size=N.")
    private Optional<Integer> chunk = Optional.empty();

    @Option(
            names = "--render-output",
            paramLabel = "PATH",
            description = "Where the pictures go; short for --set render_output=PATH.")
    private Optional<String> renderOutput = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the job type. Numbers, true, false and JSON are taken as such.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--priority",
            paramLabel = "1..100",
            defaultValue = "50",
            description = "Higher runs earlier. Default: ${DEFAULT-VALUE}")
    private int priority;

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://localhost:8090/",
            description = "The Server. Default: ${DEFAULT-VALUE}")
    private URI server = URI.create("http://localhost:8090/");

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            defaultValue = "flamenco-data/server/api-token",
            description = "Holds the Server's API token. The variable FLAMENCO_TOKEN wins over it. Default:"
                    + " ./${DEFAULT-VALUE}")
    private Path tokenFile = Path.of("flamenco-data/server/api-token");

    @Option(names = "--wait", description = "Stay until the job has ended; exit with 3 when it did not complete.")
    private boolean wait;

    @Mixin
    private UploadOptions upload = new UploadOptions();

    @Mixin
    private LogOptions log = new LogOptions();

    @Override
    public Integer call() {
        log.toConsole();
        if (server.getHost() == null) {
            throw new ParameterException(spec.commandLine(), "--server must be a URL such as http://server:8090/");
        }
        String token = Optional.ofNullable(System.getenv("FLAMENCO_TOKEN")).orElseGet(() -> Token.in(tokenFile));
        Vertx vertx = RoleProcess.clientVertx();
        try {
            return submit(vertx, new JobsClient(vertx, server), token);
        } finally {
            MainThread.await(vertx.close());
        }
    }

    private int submit(Vertx vertx, JobsClient client, String token) {
        JobView job = MainThread.await(client.submit(submission(), token));
        say(job.id().hex());
        if (!wait) {
            return ExitCode.DONE;
        }
        JobView ended = MainThread.await(new JobWatch(vertx, client, this::sayHowFar).untilEnded(job));
        return ended.done() ? ExitCode.DONE : ExitCode.JOB_NOT_COMPLETED;
    }

    private JobSubmission submission() {
        JsonObject all = new JsonObject();
        file.ifPresent(path ->
                all.put("filepath", upload.filepath(path, spec.commandLine().getErr()::println)));
        frames.ifPresent(range -> all.put("frames", range));
        chunk.ifPresent(size -> all.put("chunk_size", size));
        renderOutput.ifPresent(path -> all.put("render_output", path));
        settings.forEach((key, text) -> all.put(key, SettingText.value(text)));
        return new JobSubmission(jobType, name.orElse(jobType), priority, all);
    }

    private void sayHowFar(JobView job) {
        String why = job.reason().isEmpty() ? "" : " (" + job.reason() + ")";
        say(job.status() + why + ": " + job.completed() + " of " + job.tasks() + " tasks are completed");
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
