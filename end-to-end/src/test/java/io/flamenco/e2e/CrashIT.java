package io.flamenco.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.e2e.FlamencoProcess.Outcome;
import io.flamenco.e2e.RunningTasks.Run;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            Map<String, Integer> lives = new HashMap<>(Map.of("left", 0, "right", 0));
            killAtWork(farm, runs, lives);

            awaitCompleted(farm, job, 20);
            farm.kill("server");
            farm.startServer();

            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).until(() -> ended(farm, job));
            assertThat(farm.job(job).getString("status")).isEqualTo("completed");
            for (var life : lives.entrySet()) {
                runs.add(life.getKey(), farm.log(life.getKey()).substring(life.getValue()), Instant.now());
            }
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

    /**
     * Kills the Worker that begins a task next, and starts it again; once more when that task had ended all the same.
     *
     * @param lives where in the log of each Worker its present life begins
     */
    private static void killAtWork(SplitFarm farm, RunningTasks runs, Map<String, Integer> lives) throws Exception {
        boolean inTheMiddle = false;
        while (!inTheMiddle) {
            Map<String, Integer> seen = new HashMap<>();
            for (String worker : lives.keySet()) {
                seen.put(worker, farm.log(worker).length());
            }
            String worker = await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> atWork(farm, seen), Optional::isPresent)
                    .orElseThrow();
            farm.kill(worker);
            String log = farm.log(worker);
            Instant killed = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            inTheMiddle = runs.add(worker, log.substring(lives.getOrDefault(worker, 0)), killed);
            lives.put(worker, log.length());
            farm.startWorker(worker);
        }
    }

    private static Optional<String> atWork(SplitFarm farm, Map<String, Integer> seen) throws IOException {
        for (var worker : seen.entrySet()) {
            if (atWork(farm.log(worker.getKey()).substring(worker.getValue()))) {
                return Optional.of(worker.getKey());
            }
        }
        return Optional.empty();
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
