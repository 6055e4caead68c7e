package io.flamenco.server;

import static io.flamenco.server.FarmOfOne.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lists of jobs and tasks can be narrowed to, sorted by, and how their pages follow each other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListsTest {

    private static final int JOBS = 11;

    @SuppressWarnings("NullAway.Init")
    private FarmOfOne farm;

    private final List<String> ids = new ArrayList<>();

    /** Names in no order, priorities that repeat, two Managers, a test pattern among the naps, some canceled. */
    @BeforeAll
    void submit(@TempDir Path data) throws Exception {
        farm = FarmOfOne.in(data);
        for (int i = 0; i < JOBS; i++) {
            JsonObject job = FarmOfOne.sleepJob()
                    .put("name", "Shot " + (char) ('A' + i * 7 % JOBS) + (i % 2 == 0 ? " Beauty" : " Matte (50%)"))
                    .put("priority", 40 + i % 3)
                    .put("manager", i % 5 == 0 ? FarmOfOne.OTHER_MANAGER : FarmOfOne.MANAGER);
            ids.add(farm.submit(job));
        }
        farm.change("POST", "/api/v1/jobs/" + ids.get(3) + "/cancel", new JsonObject());
        farm.change("POST", "/api/v1/jobs/" + ids.get(4) + "/pause", new JsonObject());
        farm.depsgraph();
        farm.report(update(farm.taskIds(ids.get(1)).get(2), "active").put("worker", "10.0.0.7 (Render-3)"));
    }

    @AfterAll
    void close() throws Exception {
        farm.close();
    }

    private List<JsonObject> all(String path, String name, int limit) throws Exception {
        List<JsonObject> found = new ArrayList<>();
        String cursor = "";
        do {
            JsonObject page = farm.json(path + (path.contains("?") ? "&" : "?") + "limit=" + limit + cursor);
            assertThat(page.getJsonArray(name).size()).isBetween(1, limit);
            page.getJsonArray(name).forEach(item -> found.add((JsonObject) item));
            String next = page.getString("next");
            cursor = next == null ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return found;
    }

    private List<String> jobs(String query) throws Exception {
        return farm.json("/api/v1/jobs?" + query).getJsonArray("jobs").stream()
                .map(job -> ((JsonObject) job).getString("id"))
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "created",
                "-created",
                "updated",
                "-updated",
                "name",
                "-name",
                "priority",
                "-priority",
                "status",
                "-status"
            })
    void the_pages_of_a_sorted_list_follow_each_other_without_gap_or_repetition(String sort) throws Exception {
        List<JsonObject> found = all("/api/v1/jobs?sort=" + sort, "jobs", 3);

        assertThat(found.stream().map(job -> job.getString("id"))).containsExactlyInAnyOrderElementsOf(ids);
        String field = sort.replace("-", "");
        Comparator<JsonObject> order = switch (field) {
            case "priority" -> Comparator.comparing(job -> job.getInteger(field));
            case "created", "updated" -> Comparator.comparing(job -> Instant.parse(job.getString(field)));
            default -> Comparator.comparing(job -> job.getString(field));
        };
        assertThat(found).isSortedAccordingTo(sort.startsWith("-") ? order.reversed() : order);
    }

    @Test
    void the_newest_jobs_come_first_unless_something_else_is_asked_for() throws Exception {
        List<String> newestFirst = new ArrayList<>(ids);
        Collections.reverse(newestFirst);

        assertThat(jobs("")).isEqualTo(newestFirst);
    }

    @Test
    void jobs_are_found_by_status_type_manager_name_and_age() throws Exception {
        assertThat(jobs("status=canceled,paused")).containsExactly(ids.get(4), ids.get(3));
        assertThat(jobs("status=canceled&status=paused")).hasSize(2);
        assertThat(jobs("job_type=sleep")).hasSize(JOBS);
        assertThat(jobs("job_type=test-pattern")).isEmpty();
        assertThat(jobs("manager=" + FarmOfOne.OTHER_MANAGER)).hasSize(3);
        assertThat(jobs("q=" + encoded("mATTE (50%")))
                .as("no pattern, any case")
                .hasSize(5);
        assertThat(jobs("updated_before=2020-01-01T00:00:00Z")).isEmpty();
        assertThat(jobs("updated_since=2020-01-01T00:00:00Z")).hasSize(JOBS);
        assertThat(jobs("q=beauty&status=queued&sort=name"))
                .as("all at once")
                .hasSizeBetween(1, 6)
                .doesNotContain(ids.get(4));
        String user = farm.json("/api/v1/jobs/" + ids.getFirst()).getString("user");
        assertThat(jobs("user=" + user)).hasSize(JOBS);
    }

    @Test
    void all_that_match_are_counted_on_request() throws Exception {
        assertThat(farm.json("/api/v1/jobs?total=true&limit=2&q=matte").getInteger("total"))
                .isEqualTo(5);
        assertThat(farm.json("/api/v1/jobs").containsKey("total")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "-created", "updated", "name", "-name", "priority", "-status"})
    void the_tasks_of_a_job_are_sorted_and_paged_alike(String sort) throws Exception {
        String job = ids.get(1);

        List<JsonObject> found = all("/api/v1/jobs/" + job + "/tasks?sort=" + sort, "tasks", 1);

        assertThat(found.stream().map(task -> task.getString("id")))
                .containsExactlyInAnyOrderElementsOf(farm.taskIds(job));
    }

    @Test
    void tasks_are_found_by_status_type_name_and_worker() throws Exception {
        String tasks = "/api/v1/jobs/" + ids.get(1) + "/tasks?";

        assertThat(farm.json(tasks + "status=active").getJsonArray("tasks")).hasSize(1);
        assertThat(farm.json(tasks + "worker=render-3").getJsonArray("tasks")).hasSize(1);
        assertThat(farm.json(tasks + "q=SLEEP-12").getJsonArray("tasks")).hasSize(1);
        assertThat(farm.json(tasks + "task_type=sleep").getJsonArray("tasks")).hasSize(4);
        assertThat(farm.json(tasks + "task_type=blender-render").getJsonArray("tasks"))
                .isEmpty();
    }

    private static JsonObject at(String task, String status, String moment) {
        return update(task, status).put("received_on_manager", moment).put("worker", "10.0.0.8 (Render-4)");
    }

    @Test
    void the_durations_of_a_job_are_those_of_its_manager_and_forgotten_when_it_is_queued_again() throws Exception {
        String job = ids.get(2);
        List<String> tasks = farm.taskIds(job);
        farm.report(
                at(tasks.getFirst(), "active", "2026-01-02T03:04:05.5Z"),
                at(tasks.getFirst(), "completed", "2026-01-02T04:04:07.75+01:00"),
                at(tasks.get(1), "active", "2026-01-02T03:04:06Z"),
                at(tasks.get(2), "active", "3026-01-02T03:04:06Z"));
        String durations = "/api/v1/jobs/" + job + "/durations";

        JsonObject page = farm.json(durations + "?limit=2");

        assertThat(page.getJsonArray("columns"))
                .containsExactly("id", "name", "task_type", "status", "worker", "activated", "seconds");
        assertThat(page.getJsonArray("tasks").getJsonArray(0))
                .containsExactly(
                        tasks.getFirst(),
                        "sleep-12-14",
                        "sleep",
                        "completed",
                        "10.0.0.8 (Render-4)",
                        "2026-01-02T03:04:05.500Z",
                        2.25);
        assertThat(page.getJsonArray("tasks").getJsonArray(1).getValue(6))
                .as("of one that runs")
                .isNull();
        JsonObject rest = farm.json(durations + "?limit=2&cursor=" + page.getString("next"));
        assertThat(rest.getJsonArray("tasks")).hasSize(1);
        assertThat(Instant.parse(rest.getJsonArray("tasks").getJsonArray(0).getString(5)))
                .as("by a clock that is ahead")
                .isBefore(Instant.parse("3026-01-01T00:00:00Z"));
        JsonObject ended = farm.json("/api/v1/tasks/" + tasks.getFirst());
        assertThat(ended.getString("activated")).isEqualTo("2026-01-02T03:04:05.500Z");
        assertThat(ended.getString("ended")).isEqualTo("2026-01-02T03:04:07.750Z");

        farm.change("POST", "/api/v1/tasks/" + tasks.getFirst() + "/requeue", new JsonObject());

        assertThat(farm.json(durations).getJsonArray("tasks")).hasSize(2);
        JsonObject queued = farm.json("/api/v1/tasks/" + tasks.getFirst());
        assertThat(queued.getValue("activated")).isNull();
        assertThat(queued.getValue("ended")).isNull();
    }

    @Test
    void jobs_and_tasks_are_found_by_the_beginning_of_their_ids() throws Exception {
        List<String> tasks = new ArrayList<>();
        for (String id : ids) {
            tasks.addAll(farm.taskIds(id));
        }
        String beginning = tasks.getFirst().substring(0, 23).toUpperCase(Locale.ROOT);
        JsonObject found = farm.json("/api/v1/ids/" + beginning);

        assertThat(found.getJsonArray("tasks").stream().map(task -> ((JsonObject) task).getString("id")))
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(6)
                .allSatisfy(id -> assertThat(id).startsWith(beginning.toLowerCase(Locale.ROOT)))
                .isSubsetOf(tasks);
        assertThat(farm.json("/api/v1/ids/" + tasks.get(5)).getJsonArray("tasks"))
                .singleElement()
                .satisfies(
                        task -> assertThat(((JsonObject) task).getString("job")).isEqualTo(ids.get(1)));
        assertThat(farm.json("/api/v1/ids/" + ids.get(3)).getJsonArray("jobs").encode())
                .contains("\"Shot ");
        assertThat(farm.get("/api/v1/ids/123").statusCode()).isEqualTo(400);
    }

    @Test
    void what_cannot_be_asked_is_refused_with_a_sentence() throws Exception {
        String next = farm.json("/api/v1/jobs?sort=name&limit=2").getString("next");
        assertRefused("/api/v1/jobs?sort=colour", "known are created, updated, name, priority, status");
        assertRefused("/api/v1/jobs?status=funny", "\\\"funny\\\" is no status of a job");
        assertRefused("/api/v1/jobs?updated_since=yesterday", "must be a moment such as");
        assertRefused("/api/v1/jobs?limit=0", "a whole number from 1 to 1000");
        assertRefused("/api/v1/jobs?sort=priority&cursor=" + next, "take the \\\"next\\\" of the page before");
        assertRefused("/api/v1/jobs?cursor=" + encoded("eyIkZ3QiOiIifQ"), "take the \\\"next\\\" of the page before");
    }

    private void assertRefused(String path, String sentence) throws Exception {
        HttpResponse<String> answer = farm.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(400);
        assertThat(answer.body()).as(path).contains(sentence);
    }

    @Test
    void projects_users_and_managers_come_in_pages() throws Exception {
        for (String name : List.of("b", "c")) {
            farm.change("POST", "/api/v1/projects", new JsonObject().put("name", name));
            farm.change("POST", "/api/v1/users", new JsonObject().put("name", name));
        }
        assertThat(names("projects")).containsExactly("Flamenco", "b", "c");
        assertThat(names("users")).containsExactly("admin", "b", "c");
        assertThat(names("managers")).containsExactly("Manager 2", "Manager 9");
        for (String list : List.of("projects", "users", "managers")) {
            assertThat(farm.get("/api/v1/" + list + "?limit=1001", farm.asUser())
                            .statusCode())
                    .isEqualTo(400);
            assertThat(farm.get("/api/v1/" + list + "?cursor=x", farm.asUser()).statusCode())
                    .isEqualTo(400);
        }
    }

    /** Of a list whose pages hold one item. */
    private List<String> names(String list) throws Exception {
        List<String> names = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonObject page = new JsonObject(farm.get("/api/v1/" + list + "?limit=1" + cursor, farm.asUser())
                    .body());
            assertThat(page.getJsonArray(list)).hasSize(1);
            names.add(page.getJsonArray(list).getJsonObject(0).getString("name"));
            cursor = page.getString("next") == null ? null : "&cursor=" + page.getString("next");
        }
        return names;
    }
}
