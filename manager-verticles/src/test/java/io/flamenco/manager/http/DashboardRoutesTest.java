package io.flamenco.manager.http;

import static io.flamenco.manager.SampleTasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.FarmUnderTest;
import io.flamenco.manager.SampleTasks;
import io.flamenco.manager.WorkerUnderTest;
import io.flamenco.manager.http.HttpFixture.Answer;
import io.flamenco.manager.images.ImageOrders;
import io.flamenco.manager.store.TaskPages;
import io.flamenco.manager.upstream.UpstreamOrders;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.ManagerFacts.LatestImageChanged;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DashboardRoutesTest {

    private final FarmUnderTest farm = new FarmUnderTest();
    private final HttpFixture http = new HttpFixture(farm.vertx);
    private final List<UpstreamOrders> kicks = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        ManagerIdentity identity =
                new ManagerIdentity("Nave 3", "production", "3.0-test", URI.create("http://server.example:8090/base/"));
        TaskPages pages = new TaskPages(farm.database().client());
        pages.prepare().await();
        http.bus.answer(UpstreamOrders.FETCH_TASKS, order -> {
            kicks.add(order);
            return Future.succeededFuture(Done.DONE);
        });
        http.serve(vertx -> router -> {
            new DashboardRoutes(http.bus, pages, identity, farm.time).addTo(router);
            new FarmReportRoutes(http.bus, identity, new BearerGate(HttpFixture.TOKEN)).addTo(router);
        });
    }

    @AfterEach
    void end() {
        farm.close();
    }

    @Test
    void empty_farm_is_inoperable_and_says_where_its_server_is() {
        JsonObject document = http.get("/api/v1/farm").json();

        assertThat(document)
                .isEqualTo(new JsonObject()
                        .put("manager_name", "Nave 3")
                        .put("manager_mode", "production")
                        .put("version", "3.0-test")
                        .put("status", "inoperable")
                        .put("nr_of_workers", 0)
                        .put("nr_of_tasks", 0)
                        .put("upstream_queue_size", 0)
                        .put("workers_by_status", new JsonObject())
                        .put("tasks_by_status", new JsonObject())
                        .put("ready_by_type", new JsonObject())
                        .put(
                                "server",
                                new JsonObject()
                                        .put("name", "server.example:8090")
                                        .put("url", "http://server.example:8090/flamenco/")));
    }

    @Test
    void farm_at_work_counts_workers_tasks_and_what_waits() {
        // Given
        farm.download(task("sleep"), task("sleep"), task("blender-render"));
        WorkerUnderTest worker = farm.worker("first", "sleep");
        farm.worker("second", "sleep");
        worker.takesTask();
        Instant pushed = Instant.parse("2026-11-22T07:59:00Z");
        http.bus.answer(
                UpstreamOrders.PUSH_STATE, order -> Future.succeededFuture(new UpstreamOrders.Pushed(pushed, "")));
        http.bus.answer(
                ImageOrders.LATEST,
                order -> Future.succeededFuture(
                        new ImageOrders.Latest(new LatestImageChanged("/latest-image.jpg?v=7", null, "", pushed))));

        // When
        JsonObject document = http.get("/api/v1/farm").json();

        // Then
        assertThat(document.getString("status")).isEqualTo("active");
        assertThat(document.getInteger("nr_of_workers")).isEqualTo(2);
        assertThat(document.getInteger("nr_of_tasks")).isEqualTo(3);
        assertThat(document.getInteger("upstream_queue_size")).isPositive();
        assertThat(document.getJsonObject("workers_by_status").getMap()).containsEntry("awake", 1);
        assertThat(document.getJsonObject("tasks_by_status").getMap()).containsEntry("active", 1);
        assertThat(document.getJsonObject("ready_by_type").getMap()).isEqualTo(Map.of("sleep", 1, "blender-render", 1));
        assertThat(document.getString("last_push")).isEqualTo("2026-11-22T07:59:00Z");
        assertThat(document.getJsonObject("latest_image").getString("url")).isEqualTo("/latest-image.jpg?v=7");
    }

    @Test
    void workers_are_listed_by_name_with_the_task_that_they_run() {
        // Given
        WireTask task = task("sleep");
        farm.download(task);
        farm.worker("zora", "sleep");
        WorkerUnderTest busy = farm.worker("anna", "sleep", "debug");
        TaskId taken = busy.takesTask();
        busy.reports(taken, new JsonObject().put("task_progress_percentage", 40).put("activity", "rendering"));

        // When
        JsonArray workers = http.get("/api/v1/workers").json().getJsonArray("workers");

        // Then
        JsonObject first = workers.getJsonObject(0);
        assertThat(first.getString("nickname")).isEqualTo("anna");
        assertThat(first.getString("id")).isEqualTo(busy.id.hex());
        assertThat(first.getString("status")).isEqualTo("awake");
        assertThat(first.getString("address")).isEqualTo("127.0.0.1");
        assertThat(first.getJsonArray("supported_task_types")).containsExactly("sleep", "debug");
        assertThat(first.getJsonObject("current_task"))
                .isEqualTo(new JsonObject()
                        .put("id", taken.hex())
                        .put("name", task.name())
                        .put("job", SampleTasks.JOB.hex())
                        .put("status", "active")
                        .put("task_progress_percentage", 40));
        assertThat(workers.getJsonObject(1).containsKey("current_task")).isFalse();
    }

    @Test
    void many_browsers_asking_at_once_share_an_answer_for_a_moment() {
        Answer before = http.get("/api/v1/workers");
        farm.worker("new", "sleep");
        assertThat(http.get("/api/v1/workers").text()).isEqualTo(before.text());

        farm.time.tick(Duration.ofMillis(250));

        assertThat(http.get("/api/v1/workers").text()).contains("\"new\"");
    }

    @Test
    void tasks_are_paged_by_id_and_filtered_by_status() {
        // Given
        WireTask[] tasks = {task("a"), task("b"), task("sleep"), task("c"), task("d")};
        farm.download(tasks);
        farm.worker("w", "sleep").takesTask();

        // When
        JsonObject first = http.get("/api/v1/tasks?limit=2").json();
        JsonObject second = http.get("/api/v1/tasks?limit=2&after=" + first.getString("next"))
                .json();
        JsonObject last = http.get("/api/v1/tasks?limit=2&after=" + second.getString("next"))
                .json();

        // Then
        assertThat(names(first)).containsExactly(tasks[0].name(), tasks[1].name());
        assertThat(names(second)).containsExactly(tasks[2].name(), tasks[3].name());
        assertThat(names(last)).containsExactly(tasks[4].name());
        assertThat(last.containsKey("next")).isFalse();
        assertThat(names(http.get("/api/v1/tasks?status=active").json())).containsExactly(tasks[2].name());
        assertThat(names(http.get("/api/v1/tasks?status=claimed-by-manager,queued,active&limit=3")
                        .json()))
                .containsExactly(tasks[0].name(), tasks[1].name(), tasks[2].name());
        assertThat(names(http.get("/api/v1/tasks?status=failed").json())).isEmpty();
    }

    @Test
    void one_task_tells_its_commands_and_parents_too() {
        WireTask parent = task("sleep");
        WireTask child = task("sleep", 50, 50, Objects.requireNonNull(parent.id()));
        farm.download(parent, child);

        JsonObject document = http.get("/api/v1/tasks/" + child.id()).json();

        assertThat(document.getString("name")).isEqualTo(child.name());
        assertThat(document.getInteger("priority")).isEqualTo(50);
        assertThat(document.getJsonArray("parents")).containsExactly(parent.id().hex());
        assertThat(document.getJsonArray("commands").getJsonObject(0).getString("name"))
                .isEqualTo("echo");
    }

    @Test
    void what_cannot_be_understood_gets_a_clear_refusal() {
        assertThat(http.get("/api/v1/tasks/5c010003494ba92dc0552bff").status()).isEqualTo(404);
        assertThat(http.get("/api/v1/tasks/x").status()).isEqualTo(404);
        assertThat(http.get("/api/v1/tasks?limit=0").status()).isEqualTo(400);
        assertThat(http.get("/api/v1/tasks?limit=501").json().getString("detail"))
                .contains("1 to 500");
        assertThat(http.get("/api/v1/tasks?after=x").status()).isEqualTo(404);
        assertThat(http.get("/api/v1/tasks?status=" + "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void report_of_the_original_dashboard_needs_the_token_and_is_sorted_by_name() {
        farm.worker("zora", "sleep");
        farm.worker("anna", "sleep");

        assertThat(http.get("/as-json").status()).isEqualTo(401);
        Answer answer = http.get("/as-json", HttpFixture.WITH_TOKEN);

        JsonObject report = answer.json();
        assertThat(report.fieldNames())
                .containsExactly(
                        "nr_of_workers",
                        "nr_of_tasks",
                        "upstream_queue_size",
                        "version",
                        "workers",
                        "manager_name",
                        "manager_mode",
                        "server");
        assertThat(report.getJsonArray("workers").stream().map(worker -> ((JsonObject) worker).getString("nickname")))
                .containsExactly("anna", "zora");
        assertThat(answer.text()).doesNotContain("secret").endsWith("\n");
        assertThat(answer.headers().get("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void kick_needs_the_token() {
        assertThat(http.ask(HttpMethod.POST, "/kick", Map.of()).status()).isEqualTo(401);
        assertThat(kicks).isEmpty();

        Answer kicked = http.ask(HttpMethod.POST, "/kick", HttpFixture.WITH_TOKEN);

        assertThat(kicked.text()).isEqualTo("Kicked task downloader\n");
        assertThat(kicks).hasSize(1);
    }

    private static List<String> names(JsonObject page) {
        return page.getJsonArray("tasks").stream()
                .map(task -> ((JsonObject) task).getString("name"))
                .toList();
    }
}
