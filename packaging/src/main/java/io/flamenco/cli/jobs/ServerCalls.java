package io.flamenco.cli.jobs;

import io.flamenco.cli.process.CommandFailure;
import io.flamenco.shared.trust.CertificateCheck;
import io.flamenco.shared.trust.PeerTrust;
import io.flamenco.shared.trust.UntrustedCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Calls a Server's REST interface. Failures are {@link CommandFailure}s: sentences for people. */
public final class ServerCalls {

    /** What the options call it. */
    public static final PeerTrust.Peer SERVER =
            new PeerTrust.Peer("Server", "--server-fingerprint", "--server-certificates");

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final int CONNECT_WITHIN_MILLIS = 5_000;
    private static final int ELSEWHERE = 300;
    private static final int REFUSED = 400;
    private static final int WHO_ARE_YOU = 401;
    private static final int TOO_LONG = 414;

    private final WebClient client;
    private final URI server;
    private final Optional<String> token;

    /**
     * @param server where it is reached, such as {@code http://server.studio:8090/}
     * @param token proves who calls; without one the Server may let itself be read only
     * @param trust by what the Server is recognised; may read files
     */
    public ServerCalls(Vertx vertx, URI server, Optional<String> token, PeerTrust trust) {
        WebClientOptions options = new WebClientOptions()
                .setConnectTimeout(CONNECT_WITHIN_MILLIS)
                .setDecompressionSupported(true)
                .setFollowRedirects(false);
        if ("https".equals(server.getScheme())) {
            options.setTrustOptions(TrustOptions.wrap(CertificateCheck.of(trust)));
        }
        this.client = WebClient.create(vertx, options);
        this.server = server;
        this.token = token;
    }

    /** Reads what is at a path below {@code api/v1}. */
    public Future<JsonObject> get(String path) {
        return bytes(path).map(this::object);
    }

    /** Reads a file at a path below {@code api/v1}. */
    public Future<Buffer> bytes(String path) {
        return answer(request(HttpMethod.GET, path).send());
    }

    /** Sends an order to a path below {@code api/v1}, once even when the Server has to be asked again. */
    public Future<JsonObject> post(String path, JsonObject body) {
        return answer(request(HttpMethod.POST, path)
                        .putHeader("Idempotency-Key", UUID.randomUUID().toString())
                        .sendJsonObject(body))
                .map(this::object);
    }

    /** Changes what is at a path below {@code api/v1}. */
    public Future<JsonObject> patch(String path, JsonObject body) {
        return answer(request(HttpMethod.PATCH, path).sendJsonObject(body)).map(this::object);
    }

    /** Removes what is at a path below {@code api/v1}. */
    public Future<Void> delete(String path) {
        return answer(request(HttpMethod.DELETE, path).send()).mapEmpty();
    }

    private HttpRequest<Buffer> request(HttpMethod method, String path) {
        String url = server.resolve("/api/v1/").resolve(path).toString();
        HttpRequest<Buffer> request = client.requestAbs(method, url).timeout(ANSWER_WITHIN.toMillis());
        token.ifPresent(request::bearerTokenAuthentication);
        return request;
    }

    private Future<Buffer> answer(Future<HttpResponse<Buffer>> response) {
        return response.recover(failure -> Future.failedFuture(CommandFailure.of(unreached(failure))))
                .compose(this::accepted);
    }

    private String unreached(Throwable failure) {
        return UntrustedCertificate.among(failure)
                .map(untrusted -> "The Server at " + server + " was not asked: " + untrusted.getMessage() + ".")
                .orElseGet(() -> "The Server at " + server + " cannot be reached (" + failure.getMessage()
                        + "); start it, or name another one with --server.");
    }

    private Future<Buffer> accepted(HttpResponse<Buffer> response) {
        Buffer body = response.body();
        return response.statusCode() < ELSEWHERE
                ? Future.succeededFuture(body == null ? Buffer.buffer() : body)
                : Future.failedFuture(CommandFailure.of(sentence(response)));
    }

    private String sentence(HttpResponse<Buffer> response) {
        String detail = detail(response);
        if (response.statusCode() < REFUSED) {
            return "The Server at " + server + " sends its callers elsewhere; name that place with --server: "
                    + response.getHeader(HttpHeaders.LOCATION.toString());
        }
        if (response.statusCode() == WHO_ARE_YOU) {
            return "The Server at " + server
                    + " wants to know who you are: give an API token with --token-file FILE, or"
                    + " in the variable FLAMENCO_TOKEN. "
                    + (token.isPresent() ? "The one that was given is not known there." : detail);
        }
        if (response.statusCode() == TOO_LONG) {
            return "That is more text than the Server at " + server + " takes in a question; give it less.";
        }
        return detail.isEmpty()
                ? "The Server at " + server + " refused this with status " + response.statusCode() + "."
                : detail;
    }

    private static String detail(HttpResponse<Buffer> response) {
        try {
            return response.bodyAsJsonObject().getString("detail", "");
        } catch (DecodeException | ClassCastException | NullPointerException noProblemDocument) {
            return "";
        }
    }

    private JsonObject object(Buffer body) {
        try {
            return body.length() == 0 ? new JsonObject() : body.toJsonObject();
        } catch (DecodeException | ClassCastException e) {
            throw CommandFailure.of("What answers at " + server + " is no Flamenco Server; check the URL.");
        }
    }
}
