package io.flamenco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.e2e.FlamencoProcess.Outcome;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small clients in {@code examples}, with the programs that they are made for. */
class ExamplesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path EXAMPLES = FlamencoProcess.HOME.resolve("examples");

    /** A client that runs, and where its output goes. */
    private record Client(Process process, Path out) {

        /** What it said, once it has ended by itself. */
        String said() throws IOException, InterruptedException {
            boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            String text = Files.readString(out, StandardCharsets.UTF_8);
            assertThat(ended).as("ended; it said: %s", text).isTrue();
            assertThat(process.exitValue()).as("exit code; it said: %s", text).isZero();
            return text;
        }
    }

    @Test
    void a_job_is_watched_and_its_tasks_are_queued_again(@TempDir Path directory) throws Exception {
        List<String> python = List.of(
                Wanted.program("python3").toString(),
                EXAMPLES.resolve("watch_job.py").toString());
        List<String> node = List.of(
                Wanted.program("node").toString(),
                EXAMPLES.resolve("watch-job.mjs").toString());
        List<String> shell = List.of(
                Wanted.program("sh").toString(),
                EXAMPLES.resolve("watch-job.sh").toString());
        Wanted.program("jq");
        Wanted.program("curl");

        try (SplitFarm farm = new SplitFarm(directory)) {
            farm.startServer();
            String url = farm.server().url("").toString();
            String job = submit(farm);
            List<Client> watchers = List.of(
                    start(directory, "python", farm, python, url, "watch", job),
                    start(directory, "node", farm, node, url, "watch", job),
                    start(directory, "shell", farm, shell, url, job));
            farm.startManager();
            farm.startWorker("left");

            for (Client watcher : watchers) {
                assertThat(watcher.said()).contains("queued: 0 of 2").contains("completed: 2 of 2");
            }

            List<String> tasks = tasks(farm, job);
            assertThat(start(directory, "python-again", farm, python, url, "requeue", tasks.get(0))
                            .said())
                    .contains("queued");
            assertThat(start(directory, "node-again", farm, node, url, "requeue", tasks.get(1))
                            .said())
                    .contains("queued");
            assertThat(start(directory, "python-end", farm, python, url, "watch", job)
                            .said())
                    .contains("completed: 2 of 2");
        }
    }

    private static String submit(SplitFarm farm) throws Exception {
        Outcome submitted = farm.submit("sleep", "--frames", "1-2", "--chunk-size", "1", "--time-in-seconds", "1");
        assertThat(submitted.exitCode()).as(submitted.err()).isZero();
        return submitted.out().strip();
    }

    private static List<String> tasks(SplitFarm farm, String job) throws Exception {
        return farm.server().read("api/v1/jobs/" + job + "/tasks").json().getJsonArray("tasks").stream()
                .map(task -> ((JsonObject) task).getString("id"))
                .toList();
    }

    private static Client start(
            Path directory, String name, SplitFarm farm, List<String> client, String url, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(client);
        command.add(url.replaceAll("/$", ""));
        command.addAll(List.of(arguments));
        Path out = directory.resolve(name + ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().put("FLAMENCO_TOKEN", farm.token());
        return new Client(builder.start(), out);
    }
}
