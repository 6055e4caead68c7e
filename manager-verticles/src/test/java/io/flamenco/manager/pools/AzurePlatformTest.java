package io.flamenco.manager.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.manager.pools.domain.PoolSize;
import io.flamenco.manager.pools.domain.PoolStatus;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.time.TickedTime;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AzurePlatformTest {

    private static final String FIRST_PAGE = """
            {"odata.metadata":"https://account.westeurope.batch.azure.com/$metadata#pools",
             "value":[{"id":"render","url":"https://account.westeurope.batch.azure.com/pools/render","state":"active",
               "allocationState":"steady","vmSize":"standard_f16s","resizeTimeout":"PT15M","currentDedicatedNodes":2,
               "currentLowPriorityNodes":6,"targetDedicatedNodes":2,"targetLowPriorityNodes":6,"enableAutoScale":false}],
             "odata.nextLink":"%s/pools?api-version=2018-12-01.8.0&$skiptoken=1"}
            """;
    private static final String SECOND_PAGE = """
            {"value":[{"id":"slow","state":"active","allocationState":"resizing","vmSize":"standard_f8s",
               "resizeErrors":[{"code":"AccountCoreQuotaReached","message":"The account has no cores left"},{"code":"X"},{}],
               "currentDedicatedNodes":1,"currentLowPriorityNodes":0,"targetDedicatedNodes":20,"targetLowPriorityNodes":0}]}
            """;
    private static final String REFUSAL = """
            {"odata.metadata":"x","code":"PoolBeingResized","message":{"lang":"en-US","value":"The pool is being resized."}}
            """;

    private final Vertx vertx = Vertx.vertx();
    private final TickedTime time = new TickedTime(Instant.parse("2026-11-22T12:00:00Z"));
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private AzurePlatform azure;
    private String url;

    @BeforeEach
    void start() {
        HttpServer server =
                await(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
        url = "http://127.0.0.1:" + server.actualPort();
        AzureCredentials credentials = AzureCredentials.of(new JsonObject()
                .put("clientId", "client")
                .put("clientSecret", "s3cret")
                .put("tenantId", "tenant")
                .put("activeDirectoryEndpointUrl", url));
        azure = new AzurePlatform(WebClient.create(vertx), time, URI.create(url), credentials);
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private void answer(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            String token = request.getHeader("Authorization");
            heard.add(request.method() + " " + request.uri() + " " + token + " " + body);
            String uri = request.uri();
            if (uri.equals("/tenant/oauth2/token")) {
                request.response()
                        .end("{\"token_type\":\"Bearer\",\"expires_in\":\"3599\",\"access_token\":\"t0ken\"}");
            } else if (uri.contains("/busy/")) {
                request.response().setStatusCode(409).end(REFUSAL);
            } else if (uri.contains("/resize")) {
                request.response().setStatusCode(202).end();
            } else {
                request.response().end(uri.contains("skiptoken") ? SECOND_PAGE : FIRST_PAGE.formatted(url));
            }
        });
    }

    @Test
    void pools_are_read_from_all_pages_with_one_token() {
        List<PoolStatus> pools = await(azure.pools());

        assertThat(pools)
                .containsExactly(
                        new PoolStatus(
                                "render",
                                "active",
                                "steady",
                                null,
                                new PoolSize(2, 6),
                                new PoolSize(2, 6),
                                "standard_f16s"),
                        new PoolStatus(
                                "slow",
                                "active",
                                "resizing",
                                "AccountCoreQuotaReached: The account has no cores left; X; an error without description",
                                new PoolSize(1, 0),
                                new PoolSize(20, 0),
                                "standard_f8s"));
        assertThat(heard)
                .containsExactly(
                        "POST /tenant/oauth2/token null grant_type=client_credentials&client_id=client&client_secret=s3cret"
                                + "&resource=https%3A%2F%2Fbatch.core.windows.net%2F",
                        "GET /pools?api-version=2018-12-01.8.0 Bearer t0ken ",
                        "GET /pools?api-version=2018-12-01.8.0&$skiptoken=1 Bearer t0ken ");
    }

    @Test
    void token_is_used_until_shortly_before_it_ends() {
        await(azure.pools());
        time.tick(Duration.ofMinutes(57));
        await(azure.pools());
        assertThat(heard).filteredOn(call -> call.contains("/token")).hasSize(1);

        time.tick(Duration.ofMinutes(2));
        await(azure.pools());

        assertThat(heard).filteredOn(call -> call.contains("/token")).hasSize(2);
    }

    @Test
    void pool_is_resized_by_its_name() {
        await(azure.resize("my pool", new PoolSize(3, 1)));

        assertThat(heard)
                .last()
                .isEqualTo("POST /pools/my%20pool/resize?api-version=2018-12-01.8.0 Bearer t0ken"
                        + " {\"targetDedicatedNodes\":3,\"targetLowPriorityNodes\":1}");
    }

    @Test
    void refusal_is_passed_on() {
        assertThatThrownBy(() -> await(azure.resize("busy", new PoolSize(3, 1))))
                .hasRootCauseInstanceOf(HttpFailure.class)
                .hasRootCauseMessage("Azure refused: 409 The pool is being resized.");
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
