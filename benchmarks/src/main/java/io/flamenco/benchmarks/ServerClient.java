package io.flamenco.benchmarks;

import io.flamenco.benchmarks.farm.StartedServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** What people, tools and Managers ask of a Server. Blocks. */
final class ServerClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient client = HttpClient.newHttpClient();
    private final StartedServer server;

    ServerClient(StartedServer server) {
        this.server = server;
    }

    /** Submits a job of as many tasks as it has frames; the result is its id. */
    String submit(String name, int frames, String managerId) {
        JsonObject job = new JsonObject()
                .put("job_type", "sleep")
                .put("name", name)
                .put("priority", 50)
                .put("manager", managerId)
                .put(
                        "settings",
                        new JsonObject()
                                .put("frames", "1-" + frames)
                                .put("chunk_size", 1)
                                .put("time_in_seconds", 0));
        HttpResponse<String> answer = text(request("api/v1/jobs")
                .header("Authorization", "Bearer " + server.token())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(job.encode())));
        return new JsonObject(expect(answer, 201)).getString("id");
    }

    /** What the Server says of the job. */
    JsonObject job(String id) {
        return new JsonObject(expect(text(request("api/v1/jobs/" + id)), 200));
    }

    /** Asks for something and reads the answer to its end; the result is its length in bytes. */
    int read(String path) {
        return expect(text(request(path)), 200).length();
    }

    /** Downloads a Manager's tasks without keeping them; the result is the number of bytes. */
    long depsgraph(int manager) {
        HttpRequest request = asManager(
                        manager, "api/flamenco/managers/" + StartedServer.managerId(manager) + "/depsgraph")
                .build();
        try {
            HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                return answer.statusCode() == 200 ? body.transferTo(OutputStream.nullOutputStream()) : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The Server broke off.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The benchmark was interrupted.", e);
        }
    }

    /** Downloads a Manager's tasks. */
    JsonArray tasks(int manager) {
        HttpResponse<String> answer =
                text(asManager(manager, "api/flamenco/managers/" + StartedServer.managerId(manager) + "/depsgraph"));
        return new JsonObject(expect(answer, 200)).getJsonArray("depsgraph");
    }

    /** Pushes a batch of updates as a Manager; the result is how many the Server has handled. */
    int push(int manager, JsonArray updates) {
        HttpResponse<String> answer = text(
                asManager(manager, "api/flamenco/managers/" + StartedServer.managerId(manager) + "/task-update-batch")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(updates.encode())));
        return new JsonObject(expect(answer, 200))
                .getJsonArray("handled_update_ids")
                .size();
    }

    @Override
    public void close() {
        client.close();
    }

    private HttpRequest.Builder asManager(int manager, String path) {
        byte[] credentials = (StartedServer.managerSecret(manager) + ":").getBytes(StandardCharsets.UTF_8);
        return request(path)
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.url().resolve(path)).timeout(PATIENCE);
    }

    private HttpResponse<String> text(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("The Server broke off.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The benchmark was interrupted.", e);
        }
    }

    private static String expect(HttpResponse<String> answer, int status) {
        if (answer.statusCode() != status) {
            throw new IllegalStateException(
                    "The Server answered " + answer.uri() + " with " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }
}
