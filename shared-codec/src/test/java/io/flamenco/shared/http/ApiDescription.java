package io.flamenco.shared.http;

import io.vertx.config.yaml.YamlProcessor;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The OpenAPI document that a role hands out, for tests that walk over it and over the routes that are really there. */
public record ApiDescription(JsonObject document) {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete", "options");
    private static final Set<String> READING = Set.of("GET", "OPTIONS", "HEAD");

    /** What can be called: a method, and a path in the words of OpenAPI. */
    public record Call(String method, String path) implements Comparable<Call> {

        /** Whether it changes something by its method. */
        public boolean changes() {
            return !READING.contains(method);
        }

        /** The path with that in the place of each id, and something short in all others. */
        public String url(String id) {
            return path.replace("{size}", "12")
                    .replace("{checksum}", "ab".repeat(32))
                    .replace("{status}", "awake")
                    .replaceAll("\\{[a-z]+}", id);
        }

        @Override
        public int compareTo(Call other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** What the description says of a call. */
    public record Operation(Call call, JsonObject content) {

        /** Whether it says that anybody may do this. */
        public boolean open() {
            JsonArray security = content.getJsonArray("security");
            return security != null && security.isEmpty();
        }

        /** Whether it says which credentials it takes. */
        public boolean guarded() {
            JsonArray security = content.getJsonArray("security");
            return security != null && !security.isEmpty();
        }
    }

    /** Reads the YAML. */
    public static ApiDescription read(Vertx vertx, String yaml) {
        return new ApiDescription(new YamlProcessor()
                .process(vertx, new JsonObject(), Buffer.buffer(yaml))
                .await());
    }

    /** Both together; where both know something, the other's counts. */
    public ApiDescription and(ApiDescription other) {
        return new ApiDescription(document.copy().mergeIn(other.document(), true));
    }

    /** Fails unless it keeps the rules of OpenAPI. The checker knows few media types, so others stand in for some. */
    public void check(Vertx vertx) {
        String known = document.encode()
                .replaceAll("application/(problem\\+json|x-yaml|yaml|binary|x-www-form-urlencoded)", "application/json")
                .replaceAll("image/jpeg|text/event-stream", "text/plain");
        OpenAPIContract.from(vertx, new JsonObject(known)).await();
    }

    /** All operations, in the order of the document. */
    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        JsonObject paths = document.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject methods = paths.getJsonObject(path);
            methods.fieldNames().stream()
                    .filter(METHODS::contains)
                    .forEach(method -> operations.add(new Operation(
                            new Call(method.toUpperCase(Locale.ROOT), path), methods.getJsonObject(method))));
        }
        return operations;
    }

    /** The calls that a router answers at exact paths, HEAD going without saying; one for every method is listed as each that is named. */
    public static Set<Call> callsOf(Router router, Set<String> methodsOfAny) {
        Set<Call> calls = new TreeSet<>();
        for (Route route : router.getRoutes()) {
            if (route.getPath() != null && route.isExactPath()) {
                String path = route.getPath().replaceAll(":([a-z]+)", "{$1}");
                Set<HttpMethod> methods = route.methods();
                if (methods == null) {
                    methodsOfAny.forEach(method -> calls.add(new Call(method, path)));
                } else {
                    methods.stream()
                            .filter(method -> !method.equals(HttpMethod.HEAD))
                            .forEach(method -> calls.add(new Call(method.name(), path)));
                }
            }
        }
        return calls;
    }
}
