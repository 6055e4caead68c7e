package io.flamenco.shared.https.blocking;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/**
 * A small ACME authority (RFC 8555) with a memory. It knows one account and one order at a time, believes signatures, and really
 * asks for the answer to its challenge by HTTP.
 */
final class AcmeAuthority {

    static final Duration LIFE = Duration.ofDays(90);

    private static final String TOKEN = "a-token-of-the-authority";

    private final Supplier<Instant> now;
    private final KeyPair keys = KeyFile.make();
    private final X509Certificate root;
    private final HttpServer server;
    private final HttpClient client;

    /** What was asked for, without reading. */
    final List<String> heard = new CopyOnWriteArrayList<>();

    /** Where the host name leads that is to be proved. */
    volatile int portOfHost;

    /** Whether new orders are refused for an hour, for there were too many. */
    volatile boolean rateLimited;

    /** Whether it breaks down before it signs. */
    volatile boolean brokenDown;

    private volatile String authorization = "pending";
    private volatile String order = "pending";
    private volatile String certificate = "";

    AcmeAuthority(Vertx vertx, Supplier<Instant> now) throws Exception {
        this.client = vertx.createHttpClient();
        this.now = now;
        this.root = CertificateMaking.selfSigned(keys, List.of("authority.example"), now.get(), Duration.ofDays(3650))
                .own();
        this.server = done(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
                .listen(0, "127.0.0.1"));
    }

    URI directory() {
        return URI.create(url("directory"));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.actualPort() + "/" + path;
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private void answer(HttpServerRequest request, Buffer body) {
        request.response().putHeader("Replay-Nonce", "nonce" + System.nanoTime());
        JsonObject sent = request.method().equals(HttpMethod.POST) ? payload(body) : new JsonObject();
        if (!sent.isEmpty() || request.path().startsWith("/challenge")) {
            heard.add(request.path().substring(1));
        }
        switch (request.path()) {
            case "/directory" -> json(request, 200, places());
            case "/nonce" -> request.response().end();
            case "/account" -> json(at(request, "account/1"), 201, new JsonObject().put("status", "valid"));
            case "/new-order" -> begin(request);
            case "/order/1" -> json(at(request, "order/1"), 200, order());
            case "/authorization/1" -> json(request, 200, authorization());
            case "/challenge/1" -> prove(request);
            case "/finalize/1" -> sign(request, sent.getString("csr"));
            case "/certificate/1" ->
                request.response()
                        .putHeader("Content-Type", "application/pem-certificate-chain")
                        .end(certificate);
            default -> request.response().setStatusCode(404).end();
        }
    }

    private static JsonObject payload(Buffer signed) {
        byte[] payload = Base64.getUrlDecoder().decode(signed.toJsonObject().getString("payload"));
        return payload.length == 0 ? new JsonObject() : new JsonObject(new String(payload, StandardCharsets.UTF_8));
    }

    private JsonObject places() {
        return new JsonObject()
                .put("newNonce", url("nonce"))
                .put("newAccount", url("account"))
                .put("newOrder", url("new-order"));
    }

    private void begin(HttpServerRequest request) {
        if (rateLimited) {
            request.response().putHeader("Retry-After", "3600");
            problem(request, 429, "rateLimited", "too many certificates already issued");
            return;
        }
        authorization = "pending";
        order = "pending";
        json(at(request, "order/1"), 201, order());
    }

    private JsonObject order() {
        return new JsonObject()
                .put("status", order)
                .put("identifiers", new JsonArray().add(identifier()))
                .put("authorizations", new JsonArray().add(url("authorization/1")))
                .put("finalize", url("finalize/1"))
                .put("certificate", url("certificate/1"));
    }

    private static JsonObject identifier() {
        return new JsonObject().put("type", "dns").put("value", "farm.studio.example");
    }

    private JsonObject authorization() {
        return new JsonObject()
                .put("status", authorization)
                .put("identifier", identifier())
                .put("challenges", new JsonArray().add(challenge()));
    }

    private JsonObject challenge() {
        JsonObject challenge = new JsonObject()
                .put("type", "http-01")
                .put("url", url("challenge/1"))
                .put("token", TOKEN)
                .put("status", authorization);
        return authorization.equals("invalid")
                ? challenge.put("error", new JsonObject().put("detail", "the host does not answer"))
                : challenge;
    }

    /** Asks the host before it answers, so that nobody has to ask again. */
    private void prove(HttpServerRequest request) {
        client.request(HttpMethod.GET, portOfHost, "127.0.0.1", "/.well-known/acme-challenge/" + TOKEN)
                .compose(HttpClientRequest::send)
                .compose(HttpClientResponse::body)
                .map(Buffer::toString)
                .otherwise("")
                .onSuccess(proof -> {
                    boolean fine = proof.startsWith(TOKEN + ".");
                    authorization = fine ? "valid" : "invalid";
                    order = fine ? "ready" : "invalid";
                    json(request, 200, challenge());
                });
    }

    private void sign(HttpServerRequest request, String csr) {
        if (brokenDown) {
            problem(request, 500, "serverInternal", "the signer is out of order");
            return;
        }
        try {
            certificate =
                    signed(new PKCS10CertificationRequest(Base64.getUrlDecoder().decode(csr)));
            order = "valid";
            json(at(request, "order/1"), 200, order());
        } catch (Exception e) {
            problem(request, 400, "badCSR", String.valueOf(e.getMessage()));
        }
    }

    private String signed(PKCS10CertificationRequest request) throws Exception {
        Extensions wanted =
                Extensions.getInstance(request.getAttributes(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)[0]
                        .getAttrValues()
                        .getObjectAt(0));
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                        new org.bouncycastle.asn1.x500.X500Name("CN=authority"),
                        BigInteger.valueOf(heard.size() + 1L),
                        Date.from(now.get()),
                        Date.from(now.get().plus(LIFE)),
                        request.getSubject(),
                        request.getSubjectPublicKeyInfo())
                .addExtension(
                        Extension.subjectAlternativeName,
                        true,
                        wanted.getExtensionParsedValue(Extension.subjectAlternativeName));
        X509Certificate made = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        return PemFiles.block("CERTIFICATE", made.getEncoded()) + PemFiles.block("CERTIFICATE", root.getEncoded());
    }

    private HttpServerRequest at(HttpServerRequest request, String path) {
        request.response().putHeader("Location", url(path));
        return request;
    }

    private static void json(HttpServerRequest request, int status, JsonObject document) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(document.toBuffer());
    }

    private static void problem(HttpServerRequest request, int status, String type, String detail) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .end(new JsonObject()
                        .put("type", "urn:ietf:params:acme:error:" + type)
                        .put("detail", detail)
                        .toBuffer());
    }

    void close() throws Exception {
        done(server.close());
    }
}
