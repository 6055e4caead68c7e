package io.flamenco.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.e2e.TwentyJobs.Order;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A farm of two Managers with two Workers each brings twenty jobs of all types to their ends, disturbed on the way. */
class TwentyJobsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String CANCELED = "long-north";
    private static final String PAUSED = "long-south";
    private static final int TASKS_OF_PAUSED = 10;
    private static final String WITH_A_TASK_QUEUED_AGAIN = "nap-north";
    private static final String QUEUED_AGAIN = "pattern-south";
    private static final String BY_COMMAND_LINE = "nap-north";

    @TempDir
    private Path directory;

    @Test
    void twenty_jobs_of_all_types_on_two_managers_end_as_they_should() throws Exception {
        Path blender = Wanted.program("blender");
        Wanted.program("ffmpeg");
        Path scene = Scene.make(blender, directory.resolve("scene.blend"), TwentyJobs.WIDTH, TwentyJobs.HEIGHT, 1);
        TwentyJobs jobs = new TwentyJobs(directory, scene);
        List<Order> orders = jobs.all();
        RunningTasks runs = new RunningTasks();
        String again;
        Set<String> allAgain;

        try (SplitFarm farm = new SplitFarm(directory, TwentyJobs.NORTH, TwentyJobs.SOUTH)) {
            JobDesk desk = new JobDesk(farm);
            startAll(farm, desk);
            assertThat(types(desk)).isEqualTo(orders.stream().map(Order::type).collect(Collectors.toSet()));
            assertThat(orders).hasSize(20);
            submitAll(desk, jobs, orders);

            pauseAndGoOn(desk);
            cancel(desk);
            openGate(desk, jobs, TwentyJobs.NORTH);
            openGate(desk, jobs, TwentyJobs.SOUTH);
            again = queueOneTaskAgain(desk);
            allAgain = queueAllTasksAgain(desk);

            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(250))
                    .untilAsserted(() -> assertThat(desk.ends()).isEqualTo(expected(orders)));
            for (String worker : workers()) {
                runs.add(worker, farm.log(worker), Instant.now());
            }
        }

        for (Order order : orders) {
            assertResults(order, jobs.target(order.name()));
        }
        assertThat(runs.all())
                .extracting(RunningTasks.Run::worker)
                .contains(workers().toArray(String[]::new));
        Map<String, Long> timesRun =
                runs.all().stream().collect(Collectors.groupingBy(RunningTasks.Run::task, Collectors.counting()));
        assertThat(timesRun).containsEntry(again, 2L);
        assertThat(timesRun).containsAllEntriesOf(allAgain.stream().collect(Collectors.toMap(id -> id, id -> 2L)));
        assertThat(runs.atOnce()).as("tasks that ran on two Workers at once").isEmpty();
    }

    private static List<String> workers() {
        return List.of("north-1", "north-2", "south-1", "south-2");
    }

    /** Ends when the Server knows what the Workers of both Managers can. */
    private static void startAll(SplitFarm farm, JobDesk desk) throws Exception {
        farm.startServer();
        for (String manager : List.of(TwentyJobs.NORTH, TwentyJobs.SOUTH)) {
            farm.startManager(manager);
        }
        for (String worker : workers()) {
            farm.startWorker(worker, worker.substring(0, worker.indexOf('-')));
        }
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> desk.list("api/v1/managers", "managers").allMatch(TwentyJobsIT::canAll));
    }

    private static boolean canAll(JsonObject manager) {
        return manager.getJsonArray("worker_task_types").contains("video-encoding");
    }

    private static Set<String> types(JobDesk desk) throws Exception {
        return desk.list("api/v1/job-types", "job_types")
                .map(type -> type.getString("name"))
                .collect(Collectors.toSet());
    }

    private static void submitAll(JobDesk desk, TwentyJobs jobs, List<Order> orders) throws Exception {
        for (Order order : orders) {
            if (order.files().containsKey(".txt")) {
                Files.createDirectories(jobs.target(order.name()));
            }
            if (order.name().equals(BY_COMMAND_LINE)) {
                desk.submitByCommandLine(order);
            } else {
                desk.submit(order);
            }
        }
    }

    private static void cancel(JobDesk desk) throws Exception {
        await().atMost(PATIENCE).until(() -> desk.count(CANCELED, "active") == 2);
        desk.act(CANCELED, "cancel");
    }

    private static void pauseAndGoOn(JobDesk desk) throws Exception {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> desk.count(PAUSED, "active") + desk.count(PAUSED, "completed") > 0);
        desk.act(PAUSED, "pause");
        await().atMost(PATIENCE)
                .until(() -> desk.count(PAUSED, "active") + desk.count(PAUSED, "claimed-by-manager") == 0);
        assertThat(desk.status(PAUSED)).isEqualTo("paused");
        assertThat(desk.count(PAUSED, "completed")).isLessThan(TASKS_OF_PAUSED);
        desk.act(PAUSED, "requeue");
    }

    /** Lets a job fail for want of a file, makes the file, and has the job run again. */
    private static void openGate(JobDesk desk, TwentyJobs jobs, String manager) throws Exception {
        String job = "gate-" + manager;
        await().atMost(PATIENCE).until(() -> desk.status(job).equals("failed"));
        Files.writeString(jobs.gate(manager), "open");
        desk.act(job, "requeue");
    }

    private static String queueOneTaskAgain(JobDesk desk) throws Exception {
        await().atMost(PATIENCE)
                .until(() -> desk.status(WITH_A_TASK_QUEUED_AGAIN).equals("completed"));
        String task = desk.tasks(WITH_A_TASK_QUEUED_AGAIN).iterator().next();
        desk.post("tasks/" + task + "/requeue", new JsonObject(), 200);
        return task;
    }

    private static Set<String> queueAllTasksAgain(JobDesk desk) throws Exception {
        await().atMost(PATIENCE).until(() -> desk.status(QUEUED_AGAIN).equals("completed"));
        Set<String> tasks = desk.tasks(QUEUED_AGAIN);
        desk.act(QUEUED_AGAIN, "requeue");
        return tasks;
    }

    private static Map<String, String> expected(List<Order> orders) {
        return orders.stream()
                .collect(Collectors.toMap(
                        Order::name,
                        order -> order.name().equals(CANCELED) ? "canceled [canceled]" : "completed [completed]"));
    }

    private static void assertResults(Order order, Path target) throws IOException {
        Map<String, Integer> found = new HashMap<>();
        if (!order.files().isEmpty()) {
            try (Stream<Path> files = Files.list(target)) {
                files.filter(Files::isRegularFile).forEach(file -> {
                    String name = file.getFileName().toString();
                    found.merge(name.substring(name.lastIndexOf('.')), 1, Integer::sum);
                });
            }
            for (Path picture : Pictures.below(target)) {
                Pictures.assertShown(picture, TwentyJobs.WIDTH, TwentyJobs.HEIGHT);
            }
        }
        assertThat(found).as("files of %s", order.name()).isEqualTo(order.files());
    }
}
