package io.flamenco.manager;

import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A Worker that speaks the protocol over HTTP. */
public final class WorkerUnderTest {

    public final WorkerId id;
    private final FarmUnderTest farm;
    private final String secret;

    WorkerUnderTest(FarmUnderTest farm, String nickname, String platform, List<String> taskTypes) {
        this.farm = farm;
        this.secret = "secret of " + nickname;
        JsonObject registration = new JsonObject()
                .put("secret", secret)
                .put("platform", platform)
                .put("supported_task_types", FarmUnderTest.array(taskTypes))
                .put("nickname", nickname);
        HttpResponse<Buffer> response = FarmUnderTest.send(
                farm.request(HttpMethod.POST, "/register-worker")
                        .bearerTokenAuthentication(token(FarmUnderTest.SECRET)),
                registration);
        if (response.statusCode() != 200) {
            throw new AssertionError(response.bodyAsString());
        }
        this.id = new WorkerId(response.bodyAsJsonObject().getString("_id"));
    }

    public HttpResponse<Buffer> post(String path, JsonObject body) {
        return FarmUnderTest.send(authenticated(HttpMethod.POST, path), body);
    }

    public HttpResponse<Buffer> post(String path) {
        return FarmUnderTest.await(authenticated(HttpMethod.POST, path).send());
    }

    public HttpResponse<Buffer> get(String path) {
        return FarmUnderTest.await(authenticated(HttpMethod.GET, path).send());
    }

    public HttpResponse<Buffer> askForTask() {
        return post("/task");
    }

    /** Asks and waits for work; the answer comes when there is some. */
    public Future<HttpResponse<Buffer>> waitForTask(int seconds) {
        return authenticated(HttpMethod.POST, "/task")
                .putHeader("Prefer", "wait=" + seconds)
                .send();
    }

    /** The task that it gets; fails when it gets none. */
    public TaskId takesTask() {
        HttpResponse<Buffer> response = askForTask();
        if (response.statusCode() != 200) {
            throw new AssertionError("status " + response.statusCode() + " " + response.bodyAsString());
        }
        return new TaskId(response.bodyAsJsonObject().getString("_id"));
    }

    public HttpResponse<Buffer> reports(TaskId task, JsonObject update) {
        return post("/tasks/" + task + "/update", update);
    }

    public HttpResponse<Buffer> reports(TaskId task, String status) {
        return reports(task, new JsonObject().put("task_status", status).put("activity", status));
    }

    public JsonObject asksToGoOn(TaskId task) {
        return Objects.requireNonNull(get("/may-i-run/" + task).bodyAsJsonObject());
    }

    HttpRequest<Buffer> authenticated(HttpMethod method, String path) {
        return farm.request(method, path).basicAuthentication(id.hex(), secret);
    }

    static String token(String key) {
        return token(key, FarmUnderTest.START);
    }

    /** What a Worker shows that knows the secret. */
    public static String token(String key, Instant issued) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        long now = issued.getEpochSecond();
        String content = base64.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8))
                + "."
                + base64.encodeToString(
                        ("{\"iat\":" + now + ".25,\"exp\":" + (now + 900) + ".25}").getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return content + "." + base64.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
