package io.flamenco.e2e;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** A person's or tool's view of a role over HTTP. */
final class Rest {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final URI base;

    /** An answer. */
    record Answer(int status, String type, String body) {

        JsonObject json() {
            return new JsonObject(body);
        }
    }

    Rest(int port) {
        this.base = URI.create("http://127.0.0.1:" + port + "/");
    }

    Answer read(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    Answer readAs(String token, String path) throws IOException, InterruptedException {
        return send(request(path).header("Authorization", "Bearer " + token).GET());
    }

    Answer send(String path, String token, String body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(body)));
    }

    Answer change(String path, String token, String body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .method("PATCH", BodyPublishers.ofString(body)));
    }

    /** Sends what a Worker sends, which proves its identity with every call. */
    Answer sendAsWorker(String path, String id, String secret, String body) throws IOException, InterruptedException {
        String proof = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("Authorization", "Basic " + proof)
                .header("User-Agent", "Flamenco-Worker/3.0")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Sends a form, such as {@code action=shutdown&lazy=true}. */
    Answer sendForm(String path, String token, String form) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(form)));
    }

    /** Whether anybody answers at all, with whatever. */
    boolean answers() {
        try {
            read("api/v1/nothing");
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    URI url(String path) {
        return base.resolve(path);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url(path)).timeout(Duration.ofSeconds(30));
    }

    private static Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
        Optional<String> type = response.headers().firstValue("Content-Type");
        return new Answer(response.statusCode(), type.orElse(""), response.body());
    }
}
