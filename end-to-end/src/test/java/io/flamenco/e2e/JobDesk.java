package io.flamenco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.e2e.FlamencoProcess.Outcome;
import io.flamenco.e2e.TwentyJobs.Order;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Submits jobs to a farm's Server, acts on them and looks at them, by their names. */
final class JobDesk {

    private final SplitFarm farm;
    private final Map<String, String> ids = new HashMap<>();

    JobDesk(SplitFarm farm) {
        this.farm = farm;
    }

    void submit(Order order) throws Exception {
        JsonObject job = new JsonObject()
                .put("name", order.name())
                .put("job_type", order.type())
                .put("manager", farm.managerId(order.manager()).hex())
                .put("priority", order.priority())
                .put("settings", order.settings());
        ids.put(order.name(), post("jobs", job, 201).getString("id"));
    }

    void submitByCommandLine(Order order) throws Exception {
        Outcome submitted = farm.submit(
                order.type(),
                "--name",
                order.name(),
                "--manager",
                order.manager(),
                "--priority",
                String.valueOf(order.priority()),
                "--frames",
                order.settings().getString("frames"),
                "--set",
                "time_in_seconds=" + order.settings().getInteger("time_in_seconds"));
        assertThat(submitted.exitCode()).as(submitted.err()).isZero();
        ids.put(order.name(), submitted.out().strip());
    }

    /** The ids of its tasks. */
    Set<String> tasks(String job) throws Exception {
        return list("api/v1/jobs/" + id(job) + "/tasks", "tasks")
                .map(task -> task.getString("id"))
                .collect(Collectors.toSet());
    }

    /** Does to a job what the last part of an address says, such as cancel. */
    void act(String job, String action) throws Exception {
        post("jobs/" + id(job) + "/" + action, new JsonObject(), 200);
    }

    String status(String job) throws Exception {
        return farm.job(id(job)).getString("status");
    }

    /** How many of its tasks have that status. */
    int count(String job, String status) throws Exception {
        return byStatus(farm.job(id(job))).getOrDefault(status, 0);
    }

    /** Each job's status with those that its tasks have. */
    Map<String, String> ends() throws Exception {
        return list("api/v1/jobs", "jobs")
                .collect(Collectors.toMap(
                        job -> job.getString("name"),
                        job -> job.getString("status") + " " + byStatus(job).keySet(),
                        (one, other) -> one + ", " + other,
                        TreeMap::new));
    }

    /** The things in a list that the Server gives. */
    Stream<JsonObject> list(String path, String key) throws Exception {
        return farm.server().read(path).json().getJsonArray(key).stream().map(JsonObject.class::cast);
    }

    /** What the Server answers, which must be with that status. */
    JsonObject post(String path, JsonObject body, int status) throws Exception {
        Rest.Answer answer = farm.server().send("api/v1/" + path, farm.token(), body.encode());
        assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(status);
        return answer.json();
    }

    private String id(String job) {
        return Objects.requireNonNull(ids.get(job), job);
    }

    private static Map<String, Integer> byStatus(JsonObject job) {
        Map<String, Integer> counts = new TreeMap<>();
        job.getJsonObject("tasks").getJsonObject("by_status").forEach(entry -> {
            if (entry.getValue() instanceof Integer count && count > 0) {
                counts.put(entry.getKey(), count);
            }
        });
        return counts;
    }
}
