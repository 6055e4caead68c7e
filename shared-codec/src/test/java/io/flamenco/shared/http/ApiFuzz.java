package io.flamenco.shared.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.shared.http.ApiDescription.Operation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests that nobody sends who means well to each operation of a description, some with credentials and some without.
 * Each must be answered, and none with a fault of the role's own. {@code -Dflamenco.fuzz.requests} says how many, {@code
 * -Dflamenco.fuzz.seed} which.
 */
public final class ApiFuzz {

    private static final Logger LOG = LoggerFactory.getLogger(ApiFuzz.class);
    private static final int REQUESTS = Integer.getInteger("flamenco.fuzz.requests", 4_000);
    private static final long SEED = Long.getLong("flamenco.fuzz.seed", 20_261_122);
    private static final int AT_ONCE = 16;
    private static final int PATIENCE_SECONDS = 60;
    private static final long MOST_GROWTH_BYTES = 24L << 20;

    /** Not implemented, not ready, no room: all meant. */
    private static final Set<Integer> MEANT = Set.of(501, 503, 507);

    private static final List<String> TYPES = List.of(
            "application/json",
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/x-yaml",
            "application/octet-stream",
            "multipart/form-data; boundary=x",
            "nonsense");

    private static final List<String> HEADERS = List.of(
            "Content-Encoding",
            "If-Match",
            "If-None-Match",
            "If-Modified-Since",
            "Range",
            "Origin",
            "Cookie",
            "Accept",
            "Prefer",
            "X-Requested-With",
            "X-Flamenco-If-Updated-Since");
    private static final List<String> HEADER_VALUES = List.of(
            "gzip",
            "*",
            "bytes=-1-9",
            "bytes=999999999999999999-",
            "bytes=0-0,5-6",
            "wait=-1",
            "null",
            "2026-13-45T99:00:00Z",
            "jwtToken=a.b.c",
            "\"x\"",
            "");

    private final HttpClient client;
    private final URI url;
    private final List<Operation> operations;
    private final List<String> credentials;
    private final JsonObject parameters;
    private final Random random = new Random(SEED);
    private final HostileValues values;
    private final Map<Integer, Integer> statuses = new TreeMap<>();

    /**
     * @param wanted which operations; those without an end are none for this
     * @param credentials values of the header {@code Authorization} that are used beside none and wrong ones
     */
    public ApiFuzz(
            Vertx vertx, URI url, ApiDescription description, Predicate<Operation> wanted, List<String> credentials) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(10_000), new PoolOptions().setHttp1MaxSize(AT_ONCE));
        this.url = url;
        this.operations = description.operations().stream().filter(wanted).toList();
        this.credentials = new ArrayList<>(credentials);
        this.credentials.addAll(List.of("", "Bearer nonsense", "Basic !!!", "Negotiate x"));
        JsonObject components = description.document().getJsonObject("components");
        this.parameters = components.getJsonObject("parameters", new JsonObject());
        this.values = new HostileValues(random, components.getJsonObject("schemas"));
    }

    /**
     * Sends them all, and looks at the memory before and after, once everything is warm.
     *
     * @param share of the requests; 1 for all
     */
    public void run(double share) {
        int half = (int) (REQUESTS * share / 2);
        send(half);
        long before = heapBytes();
        send(half);
        long grown = heapBytes() - before;

        LOG.info("{} hostile requests, heap grown by {} bytes, answers {}", 2 * half, grown, statuses);
        assertThat(grown)
                .as("heap after a collection, grown over %s requests; answers %s", half, statuses)
                .isLessThan(MOST_GROWTH_BYTES);
        assertThat(statuses.keySet()).as("kinds of answers: %s", statuses).hasSizeGreaterThan(4);
    }

    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void send(int requests) {
        for (int sent = 0; sent < requests; sent += AT_ONCE) {
            List<Future<Void>> answers =
                    IntStream.range(0, AT_ONCE).mapToObj(one -> sendOne()).toList();
            Future.all(answers).await();
        }
    }

    private Future<Void> sendOne() {
        Operation operation = values.oneOf(operations);
        String method = values.chance(0.9)
                ? operation.call().method()
                : values.oneOf(List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"));
        String path = path(operation);
        Map<String, String> headers = headers(operation);
        Buffer body = method.equals("GET") ? Buffer.buffer() : values.body(schema(operation));
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(method))
                .setHost(url.getHost())
                .setPort(url.getPort())
                .setURI(path);
        String said = method + " " + path + " " + headers + " with " + body.length() + " bytes, seed " + SEED;
        return answer(options, headers, body)
                .recover(failure -> failure instanceof HttpClosedException
                        ? answer(options, headers, body)
                        : Future.failedFuture(failure))
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .recover(failure -> Future.failedFuture(new AssertionError("no answer to " + said, failure)))
                .map(status -> {
                    statuses.merge(status, 1, Integer::sum);
                    assertThat(status < 500 || MEANT.contains(status))
                            .as("%s to %s", status, said)
                            .isTrue();
                    return null;
                });
    }

    /** One that meets a connection which ends after the answer before is sent again, as any client does. */
    private Future<Integer> answer(RequestOptions options, Map<String, String> headers, Buffer body) {
        return client.request(options).compose(request -> status(request, headers, body));
    }

    private static Future<Integer> status(HttpClientRequest request, Map<String, String> headers, Buffer body) {
        headers.forEach(request::putHeader);
        if (headers.containsKey("Content-Encoding")) {
            // A body that is not packed so ends its connection, maybe after the answer: no other request shall be on it
            // by then.
            request.putHeader("Connection", "close");
        }
        return request.send(body).compose(answer -> answer.end().map(answer.statusCode()));
    }

    private String path(Operation operation) {
        StringBuilder path = new StringBuilder();
        for (String part : operation.call().path().substring(1).split("/", -1)) {
            boolean name = part.startsWith("{");
            path.append('/').append(name ? name(operation, part) : part);
        }
        if (values.chance(0.1)) {
            path.append('/').append(values.encoded());
        }
        String separator = "?";
        for (String query : queries(operation)) {
            if (values.chance(0.5)) {
                path.append(separator).append(query).append('=').append(values.encoded());
                separator = "&";
            }
        }
        return path.toString();
    }

    private String name(Operation operation, String placeholder) {
        if (values.chance(0.4)) {
            return values.encoded();
        }
        Optional<String> there = parametersOf(operation)
                .filter(parameter -> placeholder.equals("{" + parameter.getString("name") + "}"))
                .map(parameter -> parameter.getString("example"))
                .filter(Objects::nonNull)
                .findFirst();
        if (there.isPresent()) {
            return there.get();
        }
        return switch (placeholder) {
            case "{checksum}" -> "ab".repeat(32);
            case "{size}" -> "12";
            case "{status}" -> "awake";
            default -> "5c01000000000000000000" + (10 + random.nextInt(80));
        };
    }

    private List<String> queries(Operation operation) {
        return Stream.concat(
                        Stream.of("x"),
                        parametersOf(operation)
                                .filter(parameter -> "query".equals(parameter.getString("in")))
                                .map(parameter -> parameter.getString("name")))
                .toList();
    }

    private Stream<JsonObject> parametersOf(Operation operation) {
        return operation.content().getJsonArray("parameters", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .map(parameter -> {
                    String reference = parameter.getString("$ref");
                    return reference == null
                            ? parameter
                            : parameters.getJsonObject(reference.substring(reference.lastIndexOf('/') + 1));
                });
    }

    private Map<String, String> headers(Operation operation) {
        Map<String, String> headers = new HashMap<>();
        String credential = values.oneOf(credentials);
        if (!credential.isEmpty()) {
            headers.put("Authorization", credential);
        }
        headers.put(
                String.valueOf(HttpHeaders.CONTENT_TYPE), values.chance(0.8) ? type(operation) : values.oneOf(TYPES));
        for (String name : HEADERS) {
            if (values.chance(0.1)) {
                headers.put(name, values.oneOf(HEADER_VALUES));
            }
        }
        return headers;
    }

    private static String type(Operation operation) {
        return content(operation).fieldNames().stream().findFirst().orElse("application/json");
    }

    private static JsonObject schema(Operation operation) {
        return content(operation).stream()
                .map(entry -> ((JsonObject) entry.getValue()).getJsonObject("schema"))
                .findFirst()
                .orElse(new JsonObject());
    }

    private static JsonObject content(Operation operation) {
        return operation
                .content()
                .getJsonObject("requestBody", new JsonObject())
                .getJsonObject("content", new JsonObject());
    }
}
