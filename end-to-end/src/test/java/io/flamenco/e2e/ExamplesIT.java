package io.flamenco.e2e;

import static io.flamenco.e2e.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.flamenco.e2e.FlamencoProcess.Outcome;
import io.flamenco.shared.bridge.BridgeTable;
import io.flamenco.shared.bridge.BridgeTable.Heard;
import io.flamenco.shared.bus.Addresses;
import io.vertx.core.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small clients in {@code examples}, with the programs that they are made for; and whether what they hear is as described. */
class ExamplesIT {

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
        List<String> python = with("python3", "watch_job.py");
        List<String> tcp = with("python3", "watch_job_tcp.py");
        List<String> node = with("node", "watch-job.mjs");
        List<String> shell = with("sh", "watch-job.sh");
        Wanted.program("jq");
        Wanted.program("curl");

        try (SplitFarm farm = new SplitFarm(directory)) {
            int tcpPort = Ports.free();
            set(directory.resolve("server.yaml"), "event_bus: {tcp_port: " + tcpPort + "}");
            Path pictures = Files.createDirectory(directory.resolve("pictures"));
            set(directory.resolve("manager.yaml"), "watch_for_latest_image: " + pictures);
            farm.startServer();
            String url = farm.server().url("").toString().replaceAll("/$", "");
            String overTcp = "127.0.0.1:" + tcpPort;
            String job = submit(farm);
            List<String> tasks = tasks(farm, job);
            List<Client> watchers = List.of(
                    start(directory, "python", farm, python, url, "watch", job),
                    start(directory, "tcp", farm, tcp, overTcp, "watch", job),
                    start(directory, "node", farm, node, url, "watch", job),
                    start(directory, "shell", farm, shell, url, job));
            farm.startManager();
            try (BusListener server = new BusListener(farm.server(), farm.token());
                    BusListener manager = new BusListener(farm.manager(), farm.managerToken())) {
                listen(server, BridgeTable.SERVER, tasks);
                listen(manager, BridgeTable.MANAGER, tasks);
                farm.startWorker("left");
                changePeopleAndPlaces(farm);
                drawPicture(pictures.resolve("frame.png"));

                for (Client watcher : watchers) {
                    assertThat(watcher.said()).contains("completed: 2 of 2");
                }
                samplesAreLikeWhatIsHeard(server, BridgeTable.SERVER, tasks);
                samplesAreLikeWhatIsHeard(manager, BridgeTable.MANAGER, tasks);
            }

            assertThat(start(directory, "python-again", farm, python, url, "requeue", tasks.get(0))
                            .said())
                    .contains("queued");
            assertThat(start(directory, "node-again", farm, node, url, "requeue", tasks.get(1))
                            .said())
                    .contains("queued");
            assertThat(start(directory, "python-end", farm, python, url, "watch", job)
                            .said())
                    .contains("completed: 2 of 2");
            assertThat(start(directory, "tcp-again", farm, tcp, overTcp, "requeue", tasks.get(0))
                            .said())
                    .contains("queued");
        }
    }

    private static List<String> with(String program, String example) {
        return List.of(
                Wanted.program(program).toString(), EXAMPLES.resolve(example).toString());
    }

    private static void set(Path yaml, String line) throws IOException {
        Files.writeString(yaml, line + "\n", StandardOpenOption.APPEND);
    }

    private static void changePeopleAndPlaces(SplitFarm farm) throws Exception {
        Rest server = farm.server();
        String manager = "api/v1/managers/" + farm.managerId("manager");
        assertThat(List.of(
                        server.send("api/v1/projects", farm.token(), "{\"name\": \"Film\"}")
                                .status(),
                        server.send("api/v1/users", farm.token(), "{\"name\": \"ana\"}")
                                .status(),
                        server.change(manager, farm.token(), "{\"name\": \"Nave 3\"}")
                                .status()))
                .containsExactly(201, 201, 200);
    }

    private static void drawPicture(Path file) throws IOException {
        ImageIO.write(new BufferedImage(320, 200, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    }

    /** Listens to all that the table names; to the log of each task where one is needed. */
    private static void listen(BusListener listener, BridgeTable table, List<String> tasks) {
        List<String> addresses = table.heard().stream()
                .flatMap(heard -> addresses(heard, tasks).stream())
                .toList();
        addresses.forEach(listener::listen);
        await().atMost(PATIENCE).until(() -> listener.listensTo().containsAll(addresses));
    }

    private static List<String> addresses(Heard heard, List<String> tasks) {
        String address = heard.topic().address();
        return heard.ofOneTask()
                ? tasks.stream().map(task -> address + "." + task).toList()
                : List.of(address);
    }

    private static void samplesAreLikeWhatIsHeard(BusListener listener, BridgeTable table, List<String> tasks)
            throws IOException {
        String page = Files.readString(FlamencoProcess.HOME.resolve("docs/addresses.md"));
        for (Heard heard : table.heard().stream()
                .filter(ExamplesIT::isToldWithoutRendering)
                .toList()) {
            Map<String, String> promised = BusListener.shapeOf(sample(page, heard));
            Map<String, String> always = new HashMap<>(promised);
            always.keySet().removeAll(mayBeMissing(heard.topic().type()));
            for (String address : addresses(heard, tasks)) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(listener.shape(address))
                                .as("what was heard at %s", address)
                                .containsAllEntriesOf(always));
                assertThat(promised)
                        .as("what is promised of %s", address)
                        .containsAllEntriesOf(listener.shape(address));
            }
        }
    }

    private static boolean isToldWithoutRendering(Heard heard) {
        return !heard.topic().equals(Addresses.SERVER_JOB_PICTURE_ADDED);
    }

    private static JsonObject sample(String page, Heard heard) {
        String title = "### `" + heard.topic().address() + (heard.ofOneTask() ? ".<task-id>" : "") + "`";
        Matcher sample = Pattern.compile(Pattern.quote(title) + ".*?```json\\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        assertThat(sample.find()).as("%s is on the page", title).isTrue();
        return new JsonObject(sample.group(1));
    }

    private static Set<String> mayBeMissing(Class<? extends Record> fact) {
        return Arrays.stream(fact.getRecordComponents())
                .filter(part -> part.getAnnotatedType().isAnnotationPresent(Nullable.class))
                .map(part -> new SnakeCaseStrategy().translate(part.getName()))
                .collect(Collectors.toSet());
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
        command.add(url);
        command.addAll(List.of(arguments));
        Path out = directory.resolve(name + ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().put("FLAMENCO_TOKEN", farm.token());
        return new Client(builder.start(), out);
    }
}
