package io.flamenco.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.e2e.FlamencoProcess.Outcome;
import io.flamenco.e2e.RunningTasks.Run;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a power cut of any part may not do: lose a result, or have a task run twice at once. */
class CrashIT {

    private static final int FRAMES = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void a_job_survives_the_end_of_its_manager_worker_and_server(@TempDir Path directory) throws Exception {
        RunningTasks runs = new RunningTasks();
        try (SplitFarm farm = new SplitFarm(directory)) {
            farm.startAll("left", "right");
            String job = submitPictures(farm, directory);

            awaitCompleted(farm, job, 4);
            farm.kill("manager");
            farm.startManager();

            awaitCompleted(farm, job, 12);
            String killed = killedAtWork(farm, runs);
            farm.startWorker("left");

            awaitCompleted(farm, job, 20);
            farm.kill("server");
            farm.startServer();

            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).until(() -> ended(farm, job));
            assertThat(farm.job(job).getString("status")).isEqualTo("completed");
            runs.add("left", farm.log("left").substring(killed.length()), Instant.now());
            runs.add("right", farm.log("right"), Instant.now());
            assertThat(runs.all().stream().map(Run::task).distinct())
                    .as("tasks that the Workers ran")
                    .hasSize(farm.job(job).getJsonObject("tasks").getInteger("total"));
        }

        assertThat(runs.atOnce()).as("tasks that ran on two Workers at once").isEmpty();
        List<Path> pictures = Pictures.below(directory.resolve("pictures"));
        assertThat(pictures).hasSize(FRAMES);
        for (Path picture : pictures) {
            Pictures.assertShown(picture, 1280, 720);
        }
    }

    @Test
    void a_demo_that_was_killed_goes_on_with_its_job(@TempDir Path directory) throws Exception {
        Path data = directory.resolve("demo");
        Path log = data.resolve("flamenco.log");
        String[] demo = {
            "demo",
            "--once",
            "--without-blender",
            "--server-port",
            "0",
            "--manager-port",
            "0",
            "--data",
            data.toString()
        };
        try (FlamencoProcess first = FlamencoProcess.start("first", directory, Map.of(), demo)) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> Files.exists(log) && Files.readString(log).contains("A task begins"));
            first.kill();
        }

        Outcome second = FlamencoProcess.run(directory, PATIENCE, demo);

        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.out()).contains("Going on with job");
        assertThat(Pictures.below(data.resolve("pictures"))).hasSize(12);
    }

    private static String submitPictures(SplitFarm farm, Path directory) throws Exception {
        Outcome submitted = farm.submit(
                "test-pattern",
                "--frames",
                "1-" + FRAMES,
                "--chunk",
                "1",
                "--render-output",
                directory.resolve("pictures").resolve("frame-######").toString(),
                "--set",
                "width=1280",
                "--set",
                "height=720");
        assertThat(submitted.exitCode()).as(submitted.err()).isZero();
        return submitted.out().strip();
    }

    /** Kills a Worker that has just begun a task; again when that had ended all the same. Answers the log of its lives so far. */
    private static String killedAtWork(SplitFarm farm, RunningTasks runs) throws Exception {
        int life = 0;
        while (true) {
            int seen = farm.log("left").length();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> atWork(farm.log("left").substring(seen)));
            farm.kill("left");
            String log = farm.log("left");
            if (runs.add("left", log.substring(life), Instant.now().truncatedTo(ChronoUnit.MILLIS))) {
                return log;
            }
            life = log.length();
            farm.startWorker("left");
        }
    }

    private static boolean atWork(String log) {
        return log.lastIndexOf("A task begins.") > log.lastIndexOf("A task ended.");
    }

    private static void awaitCompleted(SplitFarm farm, String job, int tasks) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> completed(farm.job(job)) >= tasks || ended(farm, job));
    }

    private static int completed(JsonObject job) {
        return job.getJsonObject("tasks").getJsonObject("by_status").getInteger("completed", 0);
    }

    private static boolean ended(SplitFarm farm, String job) throws Exception {
        String status = farm.job(job).getString("status");
        return List.of("completed", "failed", "canceled", "construction-failed").contains(status);
    }
}
