package io.flamenco.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Manager, played by the test, waits for what is new for it. */
class NewsTest {

    private static final String NEWS = "/api/flamenco/managers/" + FarmOfOne.MANAGER + "/news";
    private static final String WORKER = "5c0100000000000000000a01";

    private final FarmOfOne farm;

    NewsTest(@TempDir Path data) throws Exception {
        this.farm = FarmOfOne.in(data);
    }

    @AfterEach
    void close() throws Exception {
        farm.close();
    }

    /** What is new since the mark; waits for it. */
    private List<String> newsSince(String mark) throws Exception {
        HttpResponse<String> answer = farm.asManager("GET", NEWS + "?after=" + mark, "", "Prefer", "wait=30");
        assertThat(answer.headers().firstValue("Preference-Applied")).contains("wait=30");
        return new JsonObject(answer.body())
                .getJsonArray("news").stream().map(String::valueOf).toList();
    }

    private String mark() throws Exception {
        return new JsonObject(farm.asManager("GET", NEWS, "").body()).getString("mark");
    }

    @Test
    void what_people_do_with_a_job_is_news() throws Exception {
        String start = mark();
        String job = farm.submitSleep();
        assertThat(newsSince(start)).containsExactly("tasks");

        farm.depsgraph();
        String handedOut = mark();
        farm.change("PATCH", "/api/v1/jobs/" + job, new JsonObject().put("priority", 80));
        assertThat(newsSince(handedOut)).containsExactly("tasks");
        String higher = mark();
        farm.change("POST", "/api/v1/jobs/" + job + "/cancel", new JsonObject());
        assertThat(newsSince(higher)).containsExactly("requests");

        for (String task : farm.taskIds(job)) {
            farm.report(FarmOfOne.update(task, "canceled"));
        }
        String canceled = mark();
        farm.change("POST", "/api/v1/jobs/" + job + "/requeue", new JsonObject());
        assertThat(newsSince(canceled)).containsExactly("tasks");
    }

    @Test
    void what_the_manager_itself_reports_is_no_news_to_it() throws Exception {
        farm.submitSleep();
        String task = FarmOfOne.tasksIn(farm.depsgraph()).getFirst().getString("_id");
        String mark = mark();

        farm.report(FarmOfOne.update(task, "active"));
        farm.report(FarmOfOne.update(task, "completed"));

        assertThat(mark()).isEqualTo(mark);
    }

    @Test
    void a_wanted_log_and_an_order_for_a_worker_are_news() throws Exception {
        farm.submitSleep();
        String task = FarmOfOne.tasksIn(farm.depsgraph()).getFirst().getString("_id");
        String start = mark();
        farm.change("POST", "/api/v1/tasks/" + task + "/request-log", new JsonObject());
        assertThat(newsSince(start)).containsExactly("requests");

        JsonObject worker = new JsonObject()
                .put("id", WORKER)
                .put("nickname", "ana")
                .put("status", "awake")
                .put("supported_task_types", new JsonArray());
        farm.asManager(
                "POST",
                "/api/flamenco/managers/" + FarmOfOne.MANAGER + "/worker-reports",
                new JsonObject().put("workers", new JsonArray().add(worker)).encode());
        String reported = mark();
        farm.change("POST", "/api/v1/workers/" + WORKER + "/request-status", new JsonObject().put("status", "asleep"));
        assertThat(newsSince(reported)).containsExactly("workers");
    }

    @Test
    void news_are_told_to_the_manager_that_they_are_for_and_to_nobody_else() throws Exception {
        HttpResponse<String> announced = farm.asManager("GET", "/api/flamenco/managers/" + FarmOfOne.MANAGER, "");

        assertThat(announced.headers().firstValue("X-Flamenco-Capabilities").orElseThrow())
                .contains("news");
        assertThat(farm.get(NEWS).statusCode()).isEqualTo(403);
        assertThat(farm.get(NEWS, "Authorization", FarmOfOne.basic(FarmOfOne.OTHER_SECRET))
                        .statusCode())
                .isEqualTo(401);
    }
}
