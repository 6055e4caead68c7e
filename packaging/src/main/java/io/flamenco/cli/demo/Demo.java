package io.flamenco.cli.demo;

import io.flamenco.cli.farm.Installed;
import io.flamenco.cli.farm.LocalFarm;
import io.flamenco.cli.jobs.JobSubmission;
import io.flamenco.cli.jobs.JobView;
import io.flamenco.cli.jobs.JobWatch;
import io.flamenco.cli.jobs.JobsClient;
import io.flamenco.cli.jobs.Token;
import io.flamenco.cli.jobs.WorkersWatch;
import io.flamenco.cli.process.CommandFailure;
import io.flamenco.cli.process.ExitCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Consumer;

/** Has a running farm make pictures, and says how far it is. */
public final class Demo {

    private static final DateTimeFormatter DIRECTORY = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss");

    private static final Duration WORKERS_KNOWN_WITHIN = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final LocalFarm farm;
    private final JobsClient client;
    private final Path data;
    private final Installed installed;
    private final Clock clock;
    private final Consumer<String> say;

    /**
     * @param data the directory of the demo
     * @param installed what the Workers can use; without Blender they draw test pictures
     * @param clock names the directory of the pictures
     * @param say tells people a line
     */
    public Demo(Vertx vertx, LocalFarm farm, Path data, Installed installed, Clock clock, Consumer<String> say) {
        this.vertx = vertx;
        this.farm = farm;
        this.client = new JobsClient(vertx, farm.server(), Optional.empty(), farm.serverTrust());
        this.data = data;
        this.installed = installed;
        this.clock = clock;
        this.say = say;
    }

    /**
     * Has the pictures made.
     *
     * @return how many there are and where, as a sentence; a {@link CommandFailure} when the job ended otherwise
     */
    public Future<String> run() {
        return unfinished()
                .compose(found -> found.map(Future::succeededFuture).orElseGet(this::submit))
                .compose(job -> new JobWatch(vertx, client, this::sayHowFar).untilEnded(job))
                .compose(this::result);
    }

    private Future<Optional<JobView>> unfinished() {
        return client.jobs()
                .map(jobs -> jobs.stream()
                        .filter(job -> DemoJob.made(job) && !job.ended())
                        .findFirst())
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(found)
                        : client.job(found.get().id()).map(Optional::of))
                .onSuccess(found -> found.ifPresent(job -> say.accept("Going on with job " + job.id() + ".")));
    }

    private Future<JobView> submit() {
        Path token = data.resolve("server").resolve("api-token");
        Path pictures = data.resolve("pictures").resolve(DIRECTORY.format(LocalDateTime.now(clock)));
        return vertx.executeBlocking(() -> submission(pictures), false)
                .compose(job -> workersKnown().map(job))
                .compose(job -> vertx.executeBlocking(() -> Token.in(token))
                        .compose(secret -> client.submit(job, secret))
                        .onSuccess(stored -> say.accept(
                                "Job " + stored.id() + ": " + job.name() + ", " + DemoJob.FRAMES + " frames.")));
    }

    /** A video is planned only when the Server knows of Workers that can make it. */
    private Future<Void> workersKnown() {
        return installed.ffmpeg().isEmpty()
                ? Future.succeededFuture()
                : new WorkersWatch(vertx, client).untilOffered("video-encoding", WORKERS_KNOWN_WITHIN);
    }

    private JobSubmission submission(Path pictures) throws IOException, InterruptedException {
        Files.createDirectories(pictures.getParent());
        Optional<Path> blender = installed.blender();
        if (blender.isEmpty()) {
            return DemoJob.testPattern(pictures);
        }
        Path scene = data.resolve("scene").resolve("demo.blend");
        Files.createDirectories(data.resolve("scene"));
        DemoScene.make(
                blender.get(), scene, DemoJob.FRAMES, data.resolve("scene").resolve("blender.log"));
        return DemoJob.blender(scene, pictures);
    }

    private void sayHowFar(JobView job) {
        if (!job.ended()) {
            say.accept("  " + job.completed() + " of " + job.tasks() + " tasks are completed.");
        }
    }

    private Future<String> result(JobView job) {
        if (!job.done()) {
            String why = job.reason().isEmpty() ? "" : ": " + job.reason();
            return Future.failedFuture(new CommandFailure(
                    ExitCode.JOB_NOT_COMPLETED,
                    "The demo job is " + job.status() + why + "; " + farm.server() + "jobs/" + job.id()
                            + " shows its tasks and their logs."));
        }
        Path pictures = DemoJob.pictures(job);
        return vertx.fileSystem()
                .readDir(pictures.toString(), ".*\\.png")
                .map(files -> files.size() + " frames are in " + pictures);
    }
}
