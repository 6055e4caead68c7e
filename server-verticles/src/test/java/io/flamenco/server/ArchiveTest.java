package io.flamenco.server;

import static io.flamenco.server.FarmOfOne.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {

    private final Path data;
    private final FarmOfOne farm;

    ArchiveTest(@TempDir Path data) throws Exception {
        this.data = data;
        this.farm = FarmOfOne.in(data);
    }

    @AfterEach
    void close() throws Exception {
        farm.close();
    }

    @Test
    void an_archived_job_is_a_file_and_its_tasks_are_gone() throws Exception {
        String job = farm.submitSleep();
        farm.depsgraph();
        List<String> ids = farm.taskIds(job);
        for (String id : ids) {
            farm.report(update(id, "completed"));
        }
        farm.asManager(
                "POST",
                "/api/flamenco/managers/" + FarmOfOne.MANAGER + "/attach-task-log/" + ids.getFirst(),
                "--edge\r\nContent-Disposition: form-data; name=\"logfile\"; filename=\"x.gz\"\r\n\r\nlog\r\n--edge--\r\n",
                "Content-Type",
                "multipart/form-data; boundary=edge");

        assertThat(farm.change("POST", "/api/v1/jobs/" + job + "/archive", new JsonObject())
                        .statusCode())
                .isEqualTo(200);

        await().until(() -> farm.status(job).equals("archived"));
        assertThat(farm.tasks(job)).isEmpty();
        Path zip = data.resolve("archive/flamenco-job-" + job + ".zip");
        assertThat(entries(zip))
                .contains(
                        "job-" + job + ".json", "task-" + ids.getFirst() + ".log.gz", "task-" + ids.getLast() + ".json")
                .hasSize(6);
        assertThat(new JsonObject(entry(zip, "job-" + job + ".json")).getString("status"))
                .isEqualTo("completed");
        assertThat(entry(zip, "task-" + ids.getFirst() + ".log.gz")).isEqualTo("log");
        await().untilAsserted(() ->
                assertThat(Files.exists(data.resolve("task-logs/job-" + job))).isFalse());
        assertThat(farm.get("/api/v1/jobs/" + job + "/archive.zip").statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_archived_job_stays_archived_whatever_comes() throws Exception {
        String job = farm.submitSleep();
        String task = farm.taskIds(job).getFirst();
        assertThat(farm.change("POST", "/api/v1/jobs/" + job + "/archive", new JsonObject())
                        .statusCode())
                .as("of a queued job")
                .isEqualTo(409);
        farm.change("POST", "/api/v1/jobs/" + job + "/cancel", new JsonObject());
        farm.change("POST", "/api/v1/jobs/" + job + "/archive", new JsonObject());
        await().until(() -> farm.status(job).equals("archived"));

        JsonObject late = farm.report(update(task, "active"));

        assertThat(late.getJsonArray("handled_update_ids")).hasSize(1);
        assertThat(farm.change("POST", "/api/v1/jobs/" + job + "/requeue", new JsonObject())
                        .statusCode())
                .isEqualTo(409);
        assertThat(farm.status(job)).isEqualTo("archived");
    }

    private static List<String> entries(Path file) throws Exception {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<String> names = new ArrayList<>();
            zip.stream().map(ZipEntry::getName).forEach(names::add);
            return names;
        }
    }

    private static String entry(Path file, String name) throws Exception {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
