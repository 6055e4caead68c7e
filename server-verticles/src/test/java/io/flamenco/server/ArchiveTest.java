package io.flamenco.server;

import static io.flamenco.server.FarmOfOne.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.mongo.Bson;
import io.flamenco.mongo.FarmDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** A completed job of four tasks, of which the first has a log, and its tasks. */
    private List<String> completed(String job) throws Exception {
        farm.depsgraph();
        List<String> ids = farm.taskIds(job);
        for (String id : ids) {
            farm.report(update(id, "completed")
                    .put("activity", "done with it")
                    .put("worker", "render-3")
                    .put("log_tail", "the last line")
                    .put("task_progress_percentage", 100)
                    .put("metrics", new JsonObject().put("timing", new JsonObject().put("render", 1.5)))
                    .put(
                            "failed_by_workers",
                            new JsonArray()
                                    .add(new JsonObject()
                                            .put("id", "5c0100000000000000000077")
                                            .put("identifier", "render-1"))));
        }
        upload(ids.getFirst(), "log");
        return ids;
    }

    private void upload(String task, String log) throws Exception {
        farm.asManager(
                "POST",
                "/api/flamenco/managers/" + FarmOfOne.MANAGER + "/attach-task-log/" + task,
                "--edge\r\nContent-Disposition: form-data; name=\"logfile\"; filename=\"x.gz\"\r\n\r\n" + log
                        + "\r\n--edge--\r\n",
                "Content-Type",
                "multipart/form-data; boundary=edge");
    }

    private List<JsonObject> wholeTasks(List<String> ids) throws Exception {
        List<JsonObject> whole = new ArrayList<>();
        for (String id : ids) {
            whole.add(farm.json("/api/v1/tasks/" + id));
        }
        return whole;
    }

    private JsonObject withoutMoment(String job) throws Exception {
        JsonObject json = farm.json("/api/v1/jobs/" + job);
        json.remove("updated");
        json.remove("etag");
        return json;
    }

    private int order(String job, String action) throws Exception {
        return farm.change("POST", "/api/v1/jobs/" + job + "/" + action, new JsonObject())
                .statusCode();
    }

    @Test
    void a_restored_job_is_what_it_was_with_its_tasks_and_their_logs() throws Exception {
        String job = farm.submitSleep();
        List<String> ids = completed(job);
        JsonObject before = withoutMoment(job);
        List<JsonObject> tasksBefore = wholeTasks(ids);
        order(job, "archive");
        await().until(() -> farm.status(job).equals("archived"));

        assertThat(order(job, "restore")).isEqualTo(200);

        await().until(() -> farm.status(job).equals("completed"));
        assertThat(withoutMoment(job)).isEqualTo(before);
        assertThat(wholeTasks(ids)).isEqualTo(tasksBefore);
        assertThat(farm.get("/api/v1/tasks/" + ids.getFirst() + "/log.gz").body())
                .isEqualTo("log");
        await().untilAsserted(() -> assertThat(data.resolve("archive")).isEmptyDirectory());
        assertThat(order(job, "requeue")).as("it can be run again").isEqualTo(200);
        assertThat(FarmOfOne.tasksIn(farm.depsgraph())).hasSize(4);
    }

    @Test
    void only_an_archived_job_whose_archive_is_there_can_be_restored() throws Exception {
        String job = farm.submitSleep();
        assertThat(order(job, "restore")).as("of a queued job").isEqualTo(409);
        order(job, "cancel");
        order(job, "archive");
        await().until(() -> farm.status(job).equals("archived"));
        Files.delete(data.resolve("archive/flamenco-job-" + job + ".zip"));

        HttpResponse<String> refused = farm.change("POST", "/api/v1/jobs/" + job + "/restore", new JsonObject());

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("put it back there first");
        assertThat(farm.status(job)).isEqualTo("archived");
    }

    @Test
    void a_job_whose_archive_is_damaged_stays_archived() throws Exception {
        String job = farm.submitSleep();
        order(job, "cancel");
        order(job, "archive");
        await().until(() -> farm.status(job).equals("archived"));
        Files.writeString(data.resolve("archive/flamenco-job-" + job + ".zip"), "no ZIP");

        order(job, "restore");

        await().until(() -> farm.status(job).equals("archived"));
        assertThat(farm.tasks(job)).isEmpty();
    }

    @Test
    void a_restoration_that_the_end_of_the_server_broke_off_is_finished() throws Exception {
        String job = farm.submitSleep();
        List<String> ids = completed(job);
        order(job, "archive");
        await().until(() -> farm.status(job).equals("archived"));
        farm.stop();
        FarmDatabase database = FarmOfOne.await(
                FarmDatabase.open(farm.vertx(), Optional.empty(), data.resolve("database"), "flamenco-server"));
        JsonObject broken = new JsonObject().put("status", "under-construction").put("restoring", true);
        FarmOfOne.await(database.client()
                .updateCollection(
                        "flamenco_jobs",
                        new JsonObject().put("_id", Bson.oid(job)),
                        new JsonObject().put("$set", broken)));
        FarmOfOne.await(database.close());

        farm.startAgain();

        await().until(() -> farm.status(job).equals("completed"));
        assertThat(farm.taskIds(job)).isEqualTo(ids);
    }

    @Test
    void nothing_is_left_of_a_deleted_job() throws Exception {
        String archived = farm.submitSleep();
        completed(archived);
        order(archived, "archive");
        await().until(() -> farm.status(archived).equals("archived"));
        String plain = farm.submitSleep();
        List<String> ids = completed(plain);
        assertThat(data.resolve("task-logs/job-" + plain)).isNotEmptyDirectory();

        for (String job : List.of(archived, plain)) {
            assertThat(farm.change("DELETE", "/api/v1/jobs/" + job, new JsonObject())
                            .statusCode())
                    .isEqualTo(204);
        }

        assertThat(data.resolve("archive")).isEmptyDirectory();
        assertThat(data.resolve("task-logs/job-" + plain)).doesNotExist();
        assertThat(farm.get("/api/v1/tasks/" + ids.getFirst()).statusCode()).isEqualTo(404);
        upload(ids.getFirst(), "too late");
        assertThat(data.resolve("task-logs/job-" + plain)).doesNotExist();
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
