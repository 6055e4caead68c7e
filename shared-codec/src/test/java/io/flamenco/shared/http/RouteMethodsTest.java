package io.flamenco.shared.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetClient;
import io.vertx.ext.web.Router;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteMethodsTest {

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger changes = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void listen() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "a body");
        Router router = Router.router(vertx);
        router.get("/whole").handler(context -> context.end("a body"));
        router.post("/whole").handler(context -> context.end());
        router.get("/pieces").handler(context -> {
            context.response().setChunked(true);
            context.response().write("a ").compose(first -> context.response().end("body"));
        });
        router.get("/file").handler(context -> context.response().sendFile(file.toString()));
        router.get("/jobs/:id").handler(context -> context.end("a body"));
        router.delete("/jobs/:id").handler(context -> context.end());
        router.get("/missing").handler(context -> context.fail(new HttpFailure(404, "a body")));
        RouteMethods.changing(router.get("/take")).handler(context -> {
            changes.incrementAndGet();
            context.end("a body");
        });
        RouteMethods.letHeadAskAsGet(router);
        ProblemJson problems = new ProblemJson(router);
        router.route().failureHandler(problems);
        router.errorHandler(405, problems);
        server = await(vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture());
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close().toCompletionStage().toCompletableFuture());
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    /** What comes over the connection until it is closed: a body that must not be there is seen. */
    private String send(String method, String path) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        NetClient client = vertx.createNetClient();
        await(client.connect(server.actualPort(), "127.0.0.1")
                .compose(socket -> {
                    Buffer received = Buffer.buffer();
                    socket.handler(received::appendBuffer);
                    socket.closeHandler(closed -> answer.complete(received.toString()));
                    return socket.write(method + " " + path + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
                })
                .toCompletionStage()
                .toCompletableFuture());
        return await(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/whole", "/pieces", "/file", "/jobs/1", "/missing"})
    void head_is_answered_as_get_without_the_body(String path) throws Exception {
        String got = send("GET", path);
        String asked = send("HEAD", path);

        assertThat(got).contains("body");
        assertThat(asked).endsWith("\r\n\r\n").doesNotContain("body");
        assertThat(asked.lines().findFirst()).isEqualTo(got.lines().findFirst());
    }

    @Test
    void head_does_nothing_where_get_changes_something() throws Exception {
        assertThat(send("HEAD", "/take")).startsWith("HTTP/1.1 405 ").containsIgnoringCase("allow: GET\r\n");

        assertThat(changes).hasValue(0);
    }

    @Test
    void a_method_that_cannot_be_used_is_answered_with_those_that_can() throws Exception {
        assertThat(send("PUT", "/whole"))
                .startsWith("HTTP/1.1 405 ")
                .containsIgnoringCase("allow: GET, HEAD, POST\r\n");
        assertThat(send("PATCH", "/jobs/7/")).containsIgnoringCase("allow: DELETE, GET, HEAD\r\n");
    }
}
