package io.flamenco.manager.upstream;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.trust.CertificateCheck;
import io.flamenco.shared.trust.PeerTrust;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A Server that answers as a test says and remembers what it was asked. */
final class FakeServer {

    static final ManagerId MANAGER = new ManagerId("5852bc5198377351f95d103e");
    static final String SECRET = "fixed-secret-for-tests";
    private static final String MANAGER_PATH = "/api/flamenco/managers/" + MANAGER + "/";

    /** A request that came in, whole. */
    record Request(String method, String path, String query, MultiMap headers, Buffer body) {}

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Consumer<HttpServerRequest>> answers = new ConcurrentHashMap<>();
    private final HttpServer http;

    FakeServer(Vertx vertx) {
        http = vertx.createHttpServer()
                .requestHandler(this::onRequest)
                .listen(0, "localhost")
                .await();
    }

    ServerLink link() {
        return new ServerLink(
                URI.create("http://localhost:" + http.actualPort() + "/ignored/"),
                MANAGER,
                SECRET,
                CertificateCheck.of(PeerTrust.usual(ManagerConfig.SERVER)));
    }

    /** Answers calls below the Manager's own path. */
    FakeServer onManagerCall(String call, Consumer<HttpServerRequest> answer) {
        answers.put(MANAGER_PATH + call, answer);
        return this;
    }

    /** Answers calls to a path. */
    FakeServer onPath(String path, Consumer<HttpServerRequest> answer) {
        answers.put(path, answer);
        return this;
    }

    List<Request> requests() {
        return new ArrayList<>(requests);
    }

    /** Requests below the Manager's own path. */
    List<Request> managerCalls(String call) {
        return requests.stream()
                .filter(request -> request.path().equals(MANAGER_PATH + call))
                .toList();
    }

    static Consumer<HttpServerRequest> status(int status) {
        return request -> request.response().setStatusCode(status).end();
    }

    static Consumer<HttpServerRequest> json(String json) {
        return request ->
                request.response().putHeader("Content-Type", "application/json").end(json);
    }

    /** Never answers. */
    static Consumer<HttpServerRequest> silence() {
        return request -> {};
    }

    /** A request that can be seen is answered as was said before, whatever is said from then on. */
    private void onRequest(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            Consumer<HttpServerRequest> answer = answers.getOrDefault(request.path(), status(404));
            String query = Objects.requireNonNullElse(request.query(), "");
            requests.add(new Request(request.method().name(), request.path(), query, request.headers(), body));
            answer.accept(request);
        });
    }
}
