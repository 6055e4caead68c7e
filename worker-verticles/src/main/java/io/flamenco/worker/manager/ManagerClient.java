package io.flamenco.worker.manager;

import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.trust.CertificateCheck;
import io.flamenco.shared.trust.PeerTrust;
import io.flamenco.shared.trust.UntrustedCertificate;
import io.flamenco.shared.wire.ProducedFiles;
import io.flamenco.shared.wire.Registration;
import io.flamenco.shared.wire.SignOn;
import io.flamenco.shared.wire.WireJson;
import io.flamenco.worker.domain.HttpProxy;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.TrustOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that a Worker makes. Every call returns what the Manager answered, whatever the status; it fails only when no
 * answer came in time. Safe to use from any thread.
 */
public final class ManagerClient {

    /** What the settings call it. */
    public static final PeerTrust.Peer MANAGER = PeerTrust.Peer.ofSettings("Manager", "manager");

    private static final Logger LOG = LoggerFactory.getLogger(ManagerClient.class);
    private static final int PERMANENT_REDIRECT = 308;

    /** A few calls at a time, besides one that may wait long. */
    private static final int CONNECTIONS = 6;

    private static final Duration CONNECT = Duration.ofSeconds(3);

    /** With a handshake, which takes its time on a machine that renders. */
    private static final Duration CONNECT_SECURELY = Duration.ofSeconds(10);

    private static final Duration USUAL = Duration.ofSeconds(10);
    private static final Duration UPLOAD = Duration.ofSeconds(60);
    private static final long LARGEST_ANSWER_BYTES = 32L << 20;

    private final HttpClient http;
    private volatile URI manager;
    private final Clock clock;
    private volatile @Nullable Credentials credentials;

    /**
     * @param manager where it is; a path in it is kept before the paths of the protocol
     */
    public ManagerClient(Vertx vertx, URI manager, Clock clock) {
        this(vertx, manager, clock, Optional.empty(), PeerTrust.usual(MANAGER));
    }

    /**
     * @param manager where it is; a path in it is kept before the paths of the protocol
     * @param proxy what leads there; empty when it is reached directly
     * @param trust by what it is recognised; a file of authorities is read, which blocks
     */
    public ManagerClient(Vertx vertx, URI manager, Clock clock, Optional<HttpProxy> proxy, PeerTrust trust) {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) CONNECT.toMillis())
                .setKeepAliveTimeout(20)
                .setDecompressionSupported(true)
                .setTrustOptions(TrustOptions.wrap(CertificateCheck.of(trust)));
        proxy.ifPresent(known -> options.setProxyOptions(proxyOptions(known)));
        this.http = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        this.manager = manager;
        this.clock = clock;
    }

    private static ProxyOptions proxyOptions(HttpProxy proxy) {
        ProxyOptions options = new ProxyOptions()
                .setType(proxy.socks() ? ProxyType.SOCKS5 : ProxyType.HTTP)
                .setHost(proxy.host())
                .setPort(proxy.port());
        proxy.login().ifPresent(login -> {
            String[] parts = login.split(":", 2);
            options.setUsername(parts[0]).setPassword(parts.length == 2 ? parts[1] : "");
        });
        return options;
    }

    /** Where the Manager is. */
    public URI url() {
        return manager;
    }

    /** Who to be from now on. */
    public void use(Credentials known) {
        credentials = known;
    }

    /** Who the Worker is; empty until it has registered. */
    public Optional<Credentials> credentials() {
        return Optional.ofNullable(credentials);
    }

    /** The Worker's id for the log; says so when it has none yet. */
    public String workerName() {
        return credentials().map(Credentials::id).orElse("unregistered");
    }

    /** Registers a new Worker, with a proof of the shared secret when there is one. */
    public Future<ManagerAnswer> register(Registration registration, Optional<String> sharedSecret) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        sharedSecret.ifPresent(secret ->
                headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + RegistrationToken.sign(secret, clock.instant())));
        return send(post("/register-worker", USUAL).setHeaders(headers), WireJson.write(registration));
    }

    public Future<ManagerAnswer> signOn(SignOn signOn) {
        return send(authenticated(post("/sign-on", USUAL)), WireJson.write(signOn));
    }

    public Future<ManagerAnswer> signOff() {
        return send(authenticated(post("/sign-off", USUAL)), null);
    }

    public Future<ManagerAnswer> statusChange() {
        return send(authenticated(request(HttpMethod.GET, "/status-change", USUAL)), null);
    }

    public Future<ManagerAnswer> acknowledge(String status) {
        return send(authenticated(post("/ack-status-change/" + status, USUAL)), null);
    }

    /**
     * Asks for a task.
     *
     * @param wait how long the Manager may hold the request until there is one; zero to not ask for that
     * @param started gets the request, by which it can be broken off
     */
    public Future<ManagerAnswer> task(Duration wait, Consumer<HttpClientRequest> started) {
        RequestOptions request = authenticated(post("/task", USUAL.plus(wait)));
        if (!wait.isZero()) {
            request.putHeader("Prefer", "wait=" + wait.toSeconds());
        }
        return send(request, null, started);
    }

    /**
     * Delivers an update of a task.
     *
     * @param key by which a Manager of ours recognises an update that it has taken already
     */
    public Future<ManagerAnswer> update(TaskId task, String key, Buffer update) {
        RequestOptions request = authenticated(post("/tasks/" + task.hex() + "/update", UPLOAD));
        return send(request.putHeader("Idempotency-Key", key), update);
    }

    public Future<ManagerAnswer> returnTask(TaskId task) {
        return send(authenticated(post("/tasks/" + task.hex() + "/return", USUAL)), null);
    }

    public Future<ManagerAnswer> mayIRun(TaskId task) {
        return send(authenticated(request(HttpMethod.GET, "/may-i-run/" + task.hex(), USUAL)), null);
    }

    public Future<ManagerAnswer> outputProduced(List<String> paths) {
        return send(authenticated(post("/output-produced", USUAL)), WireJson.write(new ProducedFiles(paths)));
    }

    public Future<Void> close() {
        return http.close();
    }

    private RequestOptions post(String path, Duration within) {
        return request(HttpMethod.POST, path, within);
    }

    private RequestOptions request(HttpMethod method, String path, Duration within) {
        String base = Optional.ofNullable(manager.getRawPath()).orElse("").replaceAll("/+$", "");
        boolean secure = "https".equals(manager.getScheme());
        int usualPort = secure ? 443 : 80;
        return new RequestOptions()
                .setMethod(method)
                .setHost(manager.getHost())
                .setPort(manager.getPort() < 0 ? usualPort : manager.getPort())
                .setSsl(secure)
                .setURI(base + path)
                .setFollowRedirects(true)
                .setConnectTimeout((secure ? CONNECT_SECURELY : CONNECT).toMillis())
                .setIdleTimeout(within.toMillis())
                .putHeader(HttpHeaders.USER_AGENT, "Flamenco-Worker/3.0")
                .putHeader(HttpHeaders.ACCEPT, "*/*");
    }

    private RequestOptions authenticated(RequestOptions request) {
        Credentials known = credentials;
        if (known == null) {
            return request;
        }
        byte[] pair = (known.id() + ":" + known.secret()).getBytes(StandardCharsets.UTF_8);
        return request.putHeader(
                HttpHeaders.AUTHORIZATION, "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    private Future<ManagerAnswer> send(RequestOptions options, @Nullable Buffer body) {
        return send(options, body, ignored -> {});
    }

    private Future<ManagerAnswer> send(
            RequestOptions options, @Nullable Buffer body, Consumer<HttpClientRequest> started) {
        return exchange(
                options,
                body,
                started,
                response -> movedTo(response)
                        .map(secure -> {
                            LOG.info("The Manager has gone over to HTTPS. url={}", secure);
                            manager = secure;
                            return exchange(at(secure, options), body, started, ManagerClient::read);
                        })
                        .orElseGet(() -> read(response)));
    }

    /** @param reader begins to read at once: what comes before somebody listens is lost, and its end too */
    private Future<ManagerAnswer> exchange(
            RequestOptions options,
            @Nullable Buffer body,
            Consumer<HttpClientRequest> started,
            Function<HttpClientResponse, Future<ManagerAnswer>> reader) {
        return http.request(options).recover(ManagerClient::explained).compose(request -> {
            started.accept(request);
            if (body != null) {
                request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
            }
            return request.send(body == null ? Buffer.buffer() : body).compose(reader);
        });
    }

    /** Where a Manager of plain HTTP says that it speaks HTTPS now; it is followed on its own host only. */
    private Optional<URI> movedTo(HttpClientResponse response) {
        String location = response.getHeader(HttpHeaders.LOCATION);
        if (response.statusCode() != PERMANENT_REDIRECT || location == null) {
            return Optional.empty();
        }
        URI target = manager.resolve(location);
        return "https".equals(target.getScheme()) && manager.getHost().equals(target.getHost())
                ? Optional.of(
                        target.resolve(Optional.ofNullable(manager.getRawPath()).orElse("/")))
                : Optional.empty();
    }

    private static RequestOptions at(URI secure, RequestOptions options) {
        return new RequestOptions(options)
                .setSsl(true)
                .setConnectTimeout(CONNECT_SECURELY.toMillis())
                .setPort(secure.getPort() < 0 ? 443 : secure.getPort());
    }

    /** What is wrong with a certificate stands deep in the causes of a failure that says nothing. */
    private static Future<HttpClientRequest> explained(Throwable failure) {
        return Future.failedFuture(UntrustedCertificate.among(failure)
                .<Throwable>map(wrong -> new SSLException(wrong.getMessage(), failure))
                .orElse(failure));
    }

    private static Future<ManagerAnswer> read(HttpClientResponse response) {
        Buffer body = Buffer.buffer();
        response.handler(chunk -> {
            if (body.length() + chunk.length() > LARGEST_ANSWER_BYTES) {
                response.request().reset();
            } else {
                body.appendBuffer(chunk);
            }
        });
        boolean waited =
                String.valueOf(response.getHeader("Preference-Applied")).startsWith("wait");
        return response.end().map(end -> new ManagerAnswer(response.statusCode(), body, waited));
    }
}
