package io.flamenco.manager.setup;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.trust.CertificateCheck;
import io.flamenco.shared.trust.UntrustedCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.time.Duration;

/** Asks a Server while the Manager is being linked with it. */
public final class LinkClient {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

    private final WebClient client;

    /** @param recognised accepts the Server's certificate and no other */
    public LinkClient(Vertx vertx, CertificateCheck recognised) {
        this.client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setConnectTimeout(5_000)
                        .setFollowRedirects(false)
                        .setTrustOptions(TrustOptions.wrap(recognised)));
    }

    /** Whether the Server knows this Manager with this secret; nothing is asked when one of them is missing. */
    public Future<Boolean> linked(URI server, ManagerConfig.Link link) {
        if (link.secret().isEmpty()) {
            return Future.succeededFuture(false);
        }
        return client.getAbs(server.resolve("/api/flamenco/managers/" + link.managerId())
                        .toString())
                .basicAuthentication(link.secret(), "")
                .timeout(ANSWER_WITHIN.toMillis())
                .send()
                .map(response -> response.statusCode() == 200)
                .otherwise(false);
    }

    /** Begins a link; fails with {@link UntrustedCertificate} when the Server's certificate is not trusted. */
    public Future<LinkAttempt> begin(URI server, URI ownUrl) {
        LinkKey key = LinkKey.random();
        return post(server.resolve("/api/flamenco/managers/link/exchange"), new JsonObject().put("key", key.hex()))
                .map(answer -> {
                    String identifier = text(answer, "identifier");
                    if (!ObjectIds.isValid(identifier)) {
                        throw noServer(server);
                    }
                    return new LinkAttempt(server, key, identifier, ownUrl);
                });
    }

    /** Gets the new secret of the Manager that was chosen. */
    public Future<String> finish(LinkAttempt attempt, String managerId) {
        URI url = attempt.server().resolve("/api/flamenco/managers/link/reset-token");
        return post(url, attempt.resetRequest(managerId, LinkKey.padding())).map(answer -> {
            String token = text(answer, "token");
            if (token.isEmpty()) {
                throw noServer(attempt.server());
            }
            return token;
        });
    }

    /**
     * Ends its connections. Hold it until the answer is there: Vert.x ends those of a client that nobody knows any more, whatever is
     * on its way.
     */
    public void close() {
        client.close();
    }

    private Future<JsonObject> post(URI url, JsonObject body) {
        return client.postAbs(url.toString())
                .timeout(ANSWER_WITHIN.toMillis())
                .sendJsonObject(body)
                .recover(failure -> Future.failedFuture(unreached(url, failure)))
                .map(response -> answer(url, response));
    }

    /** A certificate that is not trusted is a question for people. */
    private static Throwable unreached(URI url, Throwable failure) {
        return UntrustedCertificate.among(failure)
                .<Throwable>map(untrusted -> untrusted)
                .orElseGet(() -> new HttpFailure(
                        500, "The Server at " + url.getAuthority() + " cannot be reached: " + failure.getMessage()));
    }

    private static JsonObject answer(URI url, HttpResponse<Buffer> response) {
        if (response.statusCode() >= 300) {
            throw new HttpFailure(
                    500,
                    "The Server at " + url.getAuthority() + " refused with status " + response.statusCode()
                            + "; start linking again.");
        }
        try {
            JsonObject answer = response.bodyAsJsonObject();
            return answer == null ? new JsonObject() : answer;
        } catch (DecodeException | ClassCastException e) {
            throw noServer(url);
        }
    }

    private static HttpFailure noServer(URI url) {
        return new HttpFailure(500, "What answers at " + url.getAuthority() + " is no Flamenco Server; check the URL.");
    }

    private static String text(JsonObject answer, String key) {
        return answer.getValue(key) instanceof String text ? text : "";
    }
}
