package io.flamenco.manager.pools;

import io.flamenco.manager.pools.domain.PoolSize;
import io.flamenco.manager.pools.domain.PoolStatus;
import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Pools of Azure Batch, over its REST interface of version {@value #API}. */
public final class AzurePlatform implements Platform {

    /** What the platform is called in calls. */
    public static final String NAME = "Azure";

    private static final String API = "2018-12-01.8.0";
    private static final String JSON = "application/json; odata=minimalmetadata";
    private static final String RESOURCE = "https://batch.core.windows.net/";
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final Duration TOKEN_MARGIN = Duration.ofMinutes(2);
    private static final int MOST_PAGES = 50;

    private final WebClient client;
    private final Clock clock;
    private final URI batch;
    private final AzureCredentials credentials;
    private @Nullable Token token;

    private record Token(String text, Instant until) {}

    /**
     * @param batch the account's URL, such as {@code https://account.westeurope.batch.azure.com}
     */
    public AzurePlatform(WebClient client, Clock clock, URI batch, AzureCredentials credentials) {
        this.client = client;
        this.clock = clock;
        this.batch = batch;
        this.credentials = credentials;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Future<?> start() {
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        client.close();
        return Future.succeededFuture();
    }

    @Override
    public Future<List<PoolStatus>> pools() {
        return pages(batch.resolve("/pools?api-version=" + API).toString(), new ArrayList<>(), MOST_PAGES);
    }

    @Override
    public Future<?> resize(String pool, PoolSize size) {
        String name = URLEncoder.encode(pool, StandardCharsets.UTF_8).replace("+", "%20");
        String url =
                batch.resolve("/pools/" + name + "/resize?api-version=" + API).toString();
        JsonObject body = new JsonObject()
                .put("targetDedicatedNodes", size.dedicatedNodes())
                .put("targetLowPriorityNodes", size.lowPriorityNodes());
        return authorized(client.postAbs(url))
                .compose(request -> request.putHeader("Content-Type", JSON).sendBuffer(body.toBuffer()))
                .compose(answer -> answer.statusCode() == 202
                        ? Future.succeededFuture()
                        : Future.failedFuture(new HttpFailure(409, "Azure refused: " + reason(answer))));
    }

    private Future<List<PoolStatus>> pages(String url, List<PoolStatus> found, int left) {
        return authorized(client.getAbs(url)).compose(HttpRequest::send).compose(answer -> {
            if (answer.statusCode() != 200) {
                return Future.failedFuture(new HttpFailure(502, "Azure refused: " + reason(answer)));
            }
            JsonObject page = answer.bodyAsJsonObject();
            page.getJsonArray("value", new JsonArray()).forEach(pool -> found.add(status((JsonObject) pool)));
            String next = page.getString("odata.nextLink", "");
            return next.isEmpty() || left <= 1 || !sameHost(next)
                    ? Future.succeededFuture(found)
                    : pages(next, found, left - 1);
        });
    }

    /** Our token is for nobody else. */
    private boolean sameHost(String url) {
        return batch.getAuthority().equals(URI.create(url).getAuthority());
    }

    private Future<HttpRequest<Buffer>> authorized(HttpRequest<Buffer> request) {
        return token().map(text -> request.timeout(ANSWER_WITHIN.toMillis()).bearerTokenAuthentication(text));
    }

    private Future<String> token() {
        Token known = token;
        if (known != null && clock.instant().isBefore(known.until())) {
            return Future.succeededFuture(known.text());
        }
        MultiMap form = MultiMap.caseInsensitiveMultiMap()
                .add("grant_type", "client_credentials")
                .add("client_id", credentials.clientId())
                .add("client_secret", credentials.clientSecret())
                .add("resource", RESOURCE);
        return client.postAbs(credentials.login() + credentials.tenantId() + "/oauth2/token")
                .timeout(ANSWER_WITHIN.toMillis())
                .sendForm(form)
                .compose(answer -> answer.statusCode() == 200
                        ? Future.succeededFuture(keep(answer.bodyAsJsonObject()))
                        : Future.failedFuture(new HttpFailure(
                                502,
                                "Azure gives no token: " + answer.statusCode() + "; check the credentials file.")));
    }

    private String keep(JsonObject answer) {
        String text = answer.getString("access_token", "");
        long seconds = Long.parseLong(String.valueOf(answer.getValue("expires_in", "0")));
        token = new Token(text, clock.instant().plusSeconds(seconds).minus(TOKEN_MARGIN));
        return text;
    }

    static PoolStatus status(JsonObject pool) {
        String errors = pool.getJsonArray("resizeErrors", new JsonArray()).stream()
                .map(error -> resizeError((JsonObject) error))
                .collect(Collectors.joining("; "));
        return new PoolStatus(
                pool.getString("id", ""),
                pool.getString("state", PoolStatus.ACTIVE),
                pool.getString("allocationState", PoolStatus.STEADY),
                errors.isEmpty() ? null : errors,
                new PoolSize(
                        pool.getInteger("currentDedicatedNodes", 0), pool.getInteger("currentLowPriorityNodes", 0)),
                new PoolSize(pool.getInteger("targetDedicatedNodes", 0), pool.getInteger("targetLowPriorityNodes", 0)),
                pool.getString("vmSize"));
    }

    private static String resizeError(JsonObject error) {
        String code = error.getString("code", "");
        String message = error.getString("message", "");
        if (code.isEmpty() && message.isEmpty()) {
            return "an error without description";
        }
        return code.isEmpty() || message.isEmpty() ? code + message : code + ": " + message;
    }

    private static String reason(HttpResponse<Buffer> answer) {
        try {
            JsonObject message = answer.bodyAsJsonObject().getJsonObject("message", new JsonObject());
            return answer.statusCode() + " " + message.getString("value", "");
        } catch (RuntimeException noJson) {
            return String.valueOf(answer.statusCode());
        }
    }
}
