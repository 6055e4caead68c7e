package io.flamenco.manager.golden;

import io.flamenco.manager.WorkerUnderTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/**
 * What happened between the exchanges that were kept. Only every other exchange was; where one of the others moved something,
 * it is done here. A step comes before the exchange of its number.
 */
final class Steps {

    private static final String W1 = "6b023589686c820d36b4d44b";
    private static final String W2 = "6b023589686c820d36b4d44c";
    private static final String W3 = "6b023589686c820d36b4d44d";
    private static final String B1 = "6b02315c686c824e42c7bc47";
    private static final String B2 = "6b02315c686c824e42c7bc48";
    private static final String B3 = "6b02315c686c824e42c7bc49";
    private static final String VM = "6b02315e686c824e5a98a3a6";
    private static final String PACKED_UPLOAD = "ce6a37c89f8df94b6be0a7e7efb551b0cd4b48e86f8031d7f385eb7250ff7766";
    private static final String JOB = "5c0165dc494ba92dc0552a00";
    private static final String FAILING_JOB = "5c0165dc494ba92dc0552c00";

    private final RecordedFarm farm;
    private final Map<Integer, Consumer<Steps>> steps;

    private Steps(RecordedFarm farm, Map<Integer, Consumer<Steps>> steps) {
        this.farm = farm;
        this.steps = steps;
    }

    void before(Exchange exchange) {
        if (exchange.scenario().length() == 1) {
            steps.getOrDefault(exchange.number(), nothing -> {}).accept(this);
        }
    }

    /** A farm with three Workers whose doors are all open. */
    static Steps ofScenarioA(RecordedFarm farm) {
        return new Steps(
                farm,
                Map.ofEntries(
                        Map.entry(
                                5,
                                now -> farm.register(
                                        "6b023589686c820d36b4d44e", "{\"supported_task_types\":[]}", new JsonObject())),
                        Map.entry(49, now -> farm.by("6b023589686c820d36b4d44f", "x", "POST", "/task", "")),
                        Map.entry(56, Steps::twoWorkersAtWork),
                        Map.entry(58, now -> now.w1("/tasks/" + task(3) + "/update", "{\"log\":\"no newline\"}")),
                        Map.entry(61, now -> now.w1("/tasks/" + task(3) + "/update", "{\"ACTIVITY\":\"upper\"}")),
                        Map.entry(82, now -> now.w1("/tasks/" + task(3) + "/update", longLog())),
                        Map.entry(91, now -> now.w1("/tasks/" + task(1) + "/update", status("completed"))),
                        Map.entry(101, Steps::childIsDone),
                        Map.entry(
                                106,
                                now -> now.w2(
                                        "/tasks/" + task(8) + "/update", "{\"task_status\":\"active\",\"log\":\"x\"}")),
                        Map.entry(108, now -> now.w3("/task", "")),
                        Map.entry(115, now -> now.w3("/tasks/" + task(8) + "/update", status("completed"))),
                        Map.entry(125, now -> now.w1("/ack-status-change/asleep", "")),
                        Map.entry(130, now -> farm.action(W1, "action=shutdown&lazy=true")),
                        Map.entry(148, Steps::testTaskIsDone),
                        Map.entry(154, now -> now.w2("/ack-status-change/awake", "")),
                        Map.entry(156, now -> now.w1("/task", "")),
                        Map.entry(163, now -> now.w1("/task", "")),
                        Map.entry(167, Steps::failsOnTheSecondWorker),
                        Map.entry(
                                172,
                                now -> farm.action(
                                        W1,
                                        "action=forget-blacklist-line&job_id=" + FAILING_JOB
                                                + "&task_type=file-management")),
                        Map.entry(175, Steps::taskIsCancelled),
                        Map.entry(181, now -> now.w3("/tasks/" + task(0x12) + "/update", status("canceled"))),
                        Map.entry(182, Steps::logIsCompressed),
                        Map.entry(198, now -> farm.schedule(W2, "{}")),
                        Map.entry(204, now -> now.w2("/task", "")),
                        Map.entry(210, now -> now.w3("/ack-status-change/asleep", "")),
                        Map.entry(251, now -> farm.store(PACKED_UPLOAD, 800)),
                        Map.entry(258, Steps::workersComeBack)));
    }

    /** A farm with secrets, and Workers that fall silent. */
    static Steps ofScenarioB(RecordedFarm farm) {
        return new Steps(
                farm,
                Map.of(
                        8,
                        now -> {
                            now.registerB(B1, "b1");
                            now.registerB(B2, "b2");
                        },
                        73,
                        Steps::twoWorkersFallSilent));
    }

    /** An original Worker's whole life. */
    static Steps ofScenarioC(RecordedFarm farm) {
        return new Steps(
                farm,
                Map.of(
                        40, now -> farm.cancel(List.of("5d010009494ba92dc0552b09")),
                        46, now -> farm.action(VM, "action=set-status&status=asleep"),
                        48, now -> farm.action(VM, "action=set-status&status=awake"),
                        70, now -> farm.action(VM, "action=shutdown")));
    }

    /** What comparing with the Server shows, once the tasks are here. */
    void after(Exchange exchange) {
        if (exchange.title().equals("A 101 kick-downloader")) {
            farm.gone(task(6));
            farm.changed(task(7));
        } else if (exchange.title().equals("A 111 kick-downloader")) {
            List.of(0xa, 0xb, 0xc, 0xd).forEach(many -> farm.gone(task(many)));
        }
    }

    private void twoWorkersAtWork() {
        w1("/task", "");
        w2("/task", "");
        w1(
                "/tasks/" + task(3) + "/update",
                "{\"task_status\":\"active\",\"activity\":\"sleeping\",\"task_progress_percentage\":50,"
                        + "\"current_command_idx\":1,\"command_progress_percentage\":10,\"log\":\"line 1\\nline 2\"}");
    }

    private void childIsDone() {
        w3("/task", "");
        w3("/tasks/" + task(4) + "/update", status("completed"));
        w2("/tasks/" + task(2) + "/update", status("completed"));
    }

    private void testTaskIsDone() {
        JsonObject test = new JsonObject(w1("/task", ""));
        w1("/tasks/" + test.getString("_id") + "/update", status("completed"));
    }

    private void failsOnTheSecondWorker() {
        w2("/tasks/" + task(0xe) + "/update", "{\"task_status\":\"failed\",\"activity\":\"again\"}");
        w3("/task", "");
    }

    private void taskIsCancelled() {
        w3("/task", "");
        w3("/tasks/" + task(0x12) + "/update", "{\"activity\":\"still going\"}");
        farm.cancel(List.of(task(0x12), task(0x13), "5c0165dc494ba92dc0552afd"));
        farm.cancel(List.of(task(0x12)));
    }

    private void logIsCompressed() {
        Path log = farm.log(JOB, task(3));
        Path compressed = log.resolveSibling(log.getFileName() + ".gz");
        try (var gzip = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            gzip.write(Files.readAllBytes(log));
            Files.delete(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void workersComeBack() {
        w1("/sign-on", "{}");
        w3("/sign-on", "{}");
    }

    private void registerB(String theirId, String name) {
        String body = "{\"secret\":\"secret-" + name
                + "\",\"platform\":\"linux\",\"supported_task_types\":[\"sleep\"],\"nickname\":\"" + name + "\"}";
        farm.register(theirId, body, new JsonObject().put("Authorization", "Bearer " + joinToken()));
    }

    private void twoWorkersFallSilent() {
        farm.by(B3, "secret-b3", "POST", "/task", "");
        farm.by(B2, "secret-b2", "POST", "/task", "");
        Instant silence = Instant.now();
        farm.by(B3, "secret-b3", "GET", "/may-i-run/6b023158fa4e5e4e18000002", "");
        farm.timeOut(silence);
    }

    /** What a Worker shows that knows the secret; made anew, as the recorded ones have expired. */
    static String joinToken() {
        return WorkerUnderTest.token(RecordedFarm.JOIN_SECRET, Instant.now());
    }

    private String w1(String path, String body) {
        return farm.by(W1, "secret-w1", "POST", path, body).body();
    }

    private void w2(String path, String body) {
        farm.by(W2, "secret-w2", "POST", path, body);
    }

    private void w3(String path, String body) {
        farm.by(W3, "secret-w3", "POST", path, body);
    }

    private static String task(int number) {
        return String.format("5c0100%02x494ba92dc0552b%02x", number, number);
    }

    private static String status(String status) {
        return new JsonObject().put("task_status", status).encode();
    }

    private static String longLog() {
        StringBuilder log = new StringBuilder();
        for (int line = 0; line < 600; line++) {
            log.append(String.format("%06d this is a long log line to fill the file%n", line));
        }
        return new JsonObject().put("log", log.toString()).encode();
    }
}
