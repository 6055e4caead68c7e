package io.flamenco.cli.remote;

import io.flamenco.cli.process.CommandFailure;
import io.flamenco.cli.process.ExitCode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flamenco tasks log}. */
@Command(
        name = "log",
        description =
                "Prints the last lines of a task's log, or with --full the whole log, for which the Server asks the"
                        + " Manager.",
        mixinStandardHelpOptions = true)
final class TaskLogCommand implements Callable<Integer> {

    private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(1);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "TASK", description = "Its id, or the beginning of it.")
    private String task = "";

    @Option(names = "--full", description = "The whole log.")
    private boolean full;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long the Manager may take to upload the whole log. Default: ${DEFAULT-VALUE}")
    private int timeoutSeconds;

    private final RemoteOptions remote;

    TaskLogCommand(RemoteOptions remote) {
        this.remote = remote;
    }

    @Override
    public Integer call() {
        return remote.run(
                spec, with -> new Ids(with).task(task).compose(id -> full ? whole(with, id) : tail(with, id)));
    }

    private static Future<Integer> tail(Remote with, String id) {
        return with.calls().get("tasks/" + id).map(found -> {
            if (with.screen().json()) {
                with.screen().say(new JsonObject().put("log_tail", found.getString("log_tail", "")));
            } else {
                Details.log(with.screen(), found);
            }
            return ExitCode.DONE;
        });
    }

    /** Always asks for it anew, since a task may have been run again since the last upload. */
    private Future<Integer> whole(Remote with, String id) {
        return with.calls()
                .post("tasks/" + id + "/request-log", new JsonObject())
                .onSuccess(asked -> with.screen().note("The Manager is asked for the log."))
                .compose(asked -> download(with, id, Duration.ofSeconds(timeoutSeconds)))
                .map(log -> {
                    with.screen().say(unzipped(log).stripTrailing());
                    return ExitCode.DONE;
                });
    }

    private static Future<Buffer> download(Remote with, String id, Duration patience) {
        return with.calls()
                .bytes("tasks/" + id + "/log.gz")
                .recover(failure -> patience.isNegative()
                        ? Future.failedFuture(
                                CommandFailure.of("The Manager did not upload the log in time; try again, or"
                                        + " see its last lines without --full."))
                        : with.vertx()
                                .timer(LOOK_AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS)
                                .compose(again -> download(with, id, patience.minus(LOOK_AGAIN_AFTER))));
    }

    private static String unzipped(Buffer log) {
        try (GZIPInputStream zipped = new GZIPInputStream(new ByteArrayInputStream(log.getBytes()))) {
            return new String(zipped.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CommandFailure.of("The log that the Manager uploaded cannot be read: " + e.getMessage());
        }
    }
}
