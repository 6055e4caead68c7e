package io.flamenco.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionCookieTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void over_https_only_a_cookie_that_this_very_host_has_set_counts() throws Exception {
        int port = serve(Optional.of(URI.create("https://flamenco.studio/")));

        String set = ask(port, "/log-in", "").getHeader("Set-Cookie");

        assertThat(set)
                .startsWith("__Host-flamenco-session=secret;")
                .contains("Path=/", "; Secure", "; HTTPOnly")
                .doesNotContain("Domain");
        assertThat(ask(port, "/who", "__Host-flamenco-session=secret").bodyAsString())
                .isEqualTo("secret");
        assertThat(ask(port, "/who", "flamenco-session=secret").bodyAsString())
                .as("another host of the domain may have set it")
                .isEqualTo("nobody");
    }

    @Test
    void without_https_the_cookie_has_a_name_that_browsers_take() throws Exception {
        int port = serve(Optional.empty());

        String set = ask(port, "/log-in", "").getHeader("Set-Cookie");

        assertThat(set).startsWith("flamenco-session=secret;").doesNotContain("Secure");
        assertThat(ask(port, "/who", "flamenco-session=secret").bodyAsString()).isEqualTo("secret");
    }

    private int serve(Optional<URI> ownUrl) throws Exception {
        SessionCookie cookie = new SessionCookie(ownUrl);
        Router router = Router.router(vertx);
        router.get("/log-in").handler(context -> {
            cookie.put(context, "secret", Duration.ofHours(1));
            context.end();
        });
        router.get("/who").handler(context -> context.end(cookie.secret(context).orElse("nobody")));
        HttpServer server =
                await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
        return server.actualPort();
    }

    private HttpResponse<Buffer> ask(int port, String path, String cookie) throws Exception {
        return await(WebClient.create(vertx)
                .get(port, "127.0.0.1", path)
                .putHeader("Cookie", cookie)
                .send());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get();
    }
}
