package io.flamenco.shared.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProblemJsonTest {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void listen() {
        Router router = Router.router(vertx);
        router.route()
                .handler(new SecurityHeaders())
                .handler(BodyHandler.create(false).setBodyLimit(10));
        router.get("/taken").handler(context -> context.fail(new HttpFailure(409, "It is taken; choose another.")));
        router.get("/broken").handler(context -> {
            throw new IllegalStateException("password=hunter2");
        });
        router.post("/small").handler(context -> context.end("fine"));
        for (int status : new int[] {404, 405, 413, 500}) {
            router.errorHandler(status, new ProblemJson(router));
        }
        router.route().failureHandler(new ProblemJson(router));
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    @AfterEach
    void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.actualPort() + path);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_failure_tells_its_status_and_sentence() throws Exception {
        HttpResponse<String> response = send("GET", "/taken", "");

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(new JsonObject(response.body()).getString("detail")).isEqualTo("It is taken; choose another.");
    }

    @Test
    void an_unforeseen_failure_tells_nothing_of_its_cause() throws Exception {
        HttpResponse<String> response = send("GET", "/broken", "");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("hunter2").contains("in the log");
    }

    @Test
    void unknown_paths_wrong_methods_and_large_bodies_are_problems_too() throws Exception {
        assertThat(send("GET", "/nowhere", "").statusCode()).isEqualTo(404);
        assertThat(send("DELETE", "/small", "").statusCode()).isEqualTo(405);
        assertThat(send("DELETE", "/small", "").headers().firstValue("allow")).contains("POST");
        assertThat(send("POST", "/small", "x".repeat(11)).statusCode()).isEqualTo(413);
        assertThat(send("GET", "/nowhere", "").headers().firstValue("content-type"))
                .contains("application/problem+json");
    }

    @Test
    void answers_carry_the_headers_that_keep_browsers_safe() throws Exception {
        assertThat(send("POST", "/small", "x").headers().map())
                .containsKeys("content-security-policy", "x-content-type-options", "x-frame-options");
    }
}
