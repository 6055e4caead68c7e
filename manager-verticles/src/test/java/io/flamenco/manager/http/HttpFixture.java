package io.flamenco.manager.http;

import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.ListenAddress;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The Manager's HTTP face with some route groups, and a client for it. */
final class HttpFixture {

    static final String TOKEN = "token-of-the-test";
    static final Map<String, String> WITH_TOKEN = Map.of("Authorization", "Bearer " + TOKEN);

    private static final int PATIENCE_SECONDS = 60;

    final Vertx vertx;
    final FarmBus bus;
    private final AtomicInteger port = new AtomicInteger();
    private final HttpClient client;
    private final Context clientsContext;

    HttpFixture() {
        this(Vertx.vertx());
    }

    /**
     * @param vertx on which the rest of the Manager runs
     */
    HttpFixture(Vertx vertx) {
        this.vertx = vertx;
        this.bus = new FarmBus(vertx);
        this.client = vertx.createHttpClient();
        this.clientsContext = vertx.getOrCreateContext();
    }

    /** What was answered. */
    record Answer(int status, MultiMap headers, Buffer body) {

        String text() {
            return body.toString();
        }

        JsonObject json() {
            return new JsonObject(body);
        }
    }

    void serve(Function<Vertx, RouteGroup> group) {
        vertx.deployVerticle(new HttpVerticle(
                        new ListenAddress("localhost", 0), instance -> List.of(group.apply(instance)), port::set))
                .await();
    }

    int port() {
        return port.get();
    }

    Answer get(String path) {
        return get(path, Map.of());
    }

    Answer get(String path, Map<String, String> headers) {
        return ask(HttpMethod.GET, path, headers);
    }

    /** All calls are of one thread, that of their connections: to another one the end of an answer can be lost. */
    Answer ask(HttpMethod method, String path, Map<String, String> headers) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost("localhost")
                .setPort(port())
                .setURI(path);
        headers.forEach(options::putHeader);
        Promise<Answer> answer = Promise.promise();
        clientsContext.runOnContext(onItsThread -> client.request(options)
                .compose(request -> request.send()
                        .compose(response -> response.body()
                                .map(body -> new Answer(response.statusCode(), response.headers(), body))))
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .onComplete(answer));
        return answer.future().await();
    }

    void stop() {
        vertx.close().await();
    }
}
