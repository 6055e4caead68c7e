package io.flamenco.server;

import static io.flamenco.server.FarmOfOne.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One action on many jobs or tasks. */
class BulkTest {

    private static final String NOBODY = "5c01000000000000000000aa";

    private final FarmOfOne farm;
    private final List<String> ids = new ArrayList<>();

    BulkTest(@TempDir Path data) throws Exception {
        farm = FarmOfOne.in(data);
        for (int i = 0; i < 5; i++) {
            ids.add(farm.submit(FarmOfOne.sleepJob().put("name", i % 2 == 0 ? "even " + i : "odd " + i)));
        }
    }

    @AfterEach
    void close() throws Exception {
        farm.close();
    }

    private JsonObject bulk(String what, JsonObject body) throws Exception {
        HttpResponse<String> answer = farm.change("POST", "/api/v1/" + what + "/bulk", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private static JsonObject order(String action) {
        return new JsonObject().put("action", action);
    }

    private static List<String> idsIn(JsonObject answer) {
        return answer.getJsonArray("results").stream()
                .map(result -> ((JsonObject) result).getString("id"))
                .toList();
    }

    @Test
    void each_job_is_treated_for_itself_and_the_answer_says_what_became_of_it() throws Exception {
        farm.change("POST", "/api/v1/jobs/" + ids.get(1) + "/cancel", new JsonObject());

        JsonObject answer = bulk(
                "jobs",
                order("pause")
                        .put("ids", new JsonArray(List.of(ids.get(0), ids.get(1), NOBODY, ids.get(2), ids.get(0)))));

        assertThat(answer.getInteger("done")).isEqualTo(2);
        assertThat(answer.getInteger("refused")).isEqualTo(2);
        assertThat(idsIn(answer)).containsExactly(ids.get(0), ids.get(1), NOBODY, ids.get(2));
        JsonObject refused = answer.getJsonArray("results").getJsonObject(1);
        assertThat(refused.getInteger("status")).isEqualTo(409);
        assertThat(refused.getString("detail")).contains("canceled");
        assertThat(answer.getJsonArray("results").getJsonObject(2).getInteger("status"))
                .isEqualTo(404);
        assertThat(farm.status(ids.get(0))).isEqualTo("paused");
        assertThat(farm.status(ids.get(2))).isEqualTo("paused");
        assertThat(farm.status(ids.get(3))).isEqualTo("queued");
    }

    @Test
    void a_filter_finds_the_jobs_piece_by_piece() throws Exception {
        JsonObject order = order("priority")
                .put("priority", 77)
                .put("filter", new JsonObject().put("q", "EVEN").put("status", new JsonArray().add("queued")))
                .put("limit", 2);

        JsonObject first = bulk("jobs", order);
        JsonObject second = bulk("jobs", order.copy().put("cursor", first.getString("next")));

        assertThat(idsIn(first)).containsExactly(ids.get(0), ids.get(2));
        assertThat(idsIn(second)).containsExactly(ids.get(4));
        assertThat(second.getString("next")).isNull();
        assertThat(farm.json("/api/v1/jobs/" + ids.get(4)).getInteger("priority"))
                .isEqualTo(77);
        assertThat(farm.json("/api/v1/jobs/" + ids.get(1)).getInteger("priority"))
                .isEqualTo(50);
    }

    @Test
    void a_dry_run_says_which_jobs_it_would_be_and_touches_none() throws Exception {
        JsonObject answer = bulk(
                "jobs",
                order("delete").put("filter", new JsonObject().put("q", "odd")).put("dry_run", true));

        assertThat(idsIn(answer)).containsExactly(ids.get(1), ids.get(3));
        assertThat(farm.status(ids.get(1))).isEqualTo("queued");
    }

    @Test
    void many_jobs_are_canceled_archived_restored_requeued_and_deleted() throws Exception {
        JsonObject all = new JsonObject().put("job_type", "sleep");
        assertThat(bulk("jobs", order("cancel").put("filter", all)).getInteger("done"))
                .isEqualTo(5);
        assertThat(bulk("jobs", order("archive").put("filter", all)).getInteger("done"))
                .isEqualTo(5);
        await().until(() -> count("archived") == 5);
        assertThat(bulk("jobs", order("restore").put("filter", all)).getInteger("done"))
                .isEqualTo(5);
        await().until(() -> count("canceled") == 5);
        assertThat(bulk("jobs", order("recreate").put("filter", all)).getInteger("done"))
                .isEqualTo(5);
        assertThat(count("queued")).isEqualTo(5);
        assertThat(bulk("jobs", order("delete").put("filter", all)).getInteger("refused"))
                .as("of queued jobs")
                .isEqualTo(5);
        bulk("jobs", order("cancel").put("filter", all));
        assertThat(bulk("jobs", order("delete").put("filter", all)).getInteger("done"))
                .isEqualTo(5);
        assertThat(farm.json("/api/v1/jobs").getJsonArray("jobs")).isEmpty();
    }

    private long count(String status) throws Exception {
        return farm.json("/api/v1/jobs?total=true&status=" + status).getLong("total");
    }

    @Test
    void the_tasks_of_a_job_are_requeued_and_canceled_by_filter() throws Exception {
        String job = ids.getFirst();
        farm.depsgraph();
        List<String> tasks = farm.taskIds(job);
        farm.report(update(tasks.get(0), "completed"), update(tasks.get(1), "active"));

        JsonObject canceled = bulk(
                "tasks",
                order("cancel").put("filter", new JsonObject().put("job", job).put("status", "claimed-by-manager")));
        JsonObject requeued = bulk("tasks", order("requeue").put("ids", new JsonArray(tasks.subList(0, 2))));

        assertThat(idsIn(canceled)).isEqualTo(tasks.subList(2, 4));
        assertThat(requeued.getInteger("done")).isEqualTo(1);
        assertThat(requeued.getJsonArray("results").getJsonObject(1).getString("detail"))
                .contains("is active");
        assertThat(farm.statuses(job)).containsExactly("queued", "active", "cancel-requested", "cancel-requested");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "jobs | {'action':'explode','ids':['5c01000000000000000000aa']} | must be one of archive, cancel",
                "jobs | {'action':'cancel'} | Either",
                "jobs | {'action':'cancel','ids':[],'filter':{}} | Either",
                "jobs | {'action':'cancel','ids':[]} | 1 to 500 ids",
                "jobs | {'action':'cancel','ids':['x']} | 24 hexadecimal digits",
                "jobs | {'action':'delete','filter':{}} | nothing is done to everything by mistake",
                "jobs | {'action':'delete','filter':{'status':[]}} | says nothing",
                "jobs | {'action':'delete','filter':{'status':'failed','q':' '}} | says nothing",
                "jobs | {'action':'delete','filter':{'q':'a'},'dry_run':'yes'} | must be true or false",
                "jobs | {'action':'delete','filter':{'colour':'red'}} | is not known here",
                "jobs | {'action':'delete','filter':{'status':'funny'}} | is no status of a job",
                "jobs | {'action':'priority','ids':['5c01000000000000000000aa']} | from 1 to 100",
                "jobs | {'action':'cancel','filter':{'q':'a'},'limit':501} | from 1 to 500",
                "jobs | {'action':'cancel','filter':{'q':'a'},'cursor':'x'} | must be the",
                "jobs | {'action':'cancel','filter':{'updated_before':'soon'}} | must be a moment",
                "tasks | {'action':'pause','ids':['5c01000000000000000000aa']} | must be one of cancel, requeue",
                "tasks | {'action':'cancel','filter':{'status':'active'}} | must name the"
            })
    void what_cannot_be_done_to_many_is_refused_with_a_sentence(String what, String body, String sentence)
            throws Exception {
        HttpResponse<String> answer =
                farm.change("POST", "/api/v1/" + what + "/bulk", new JsonObject(body.replace('\'', '"')));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(new JsonObject(answer.body()).getString("detail")).contains(sentence);
    }
}
