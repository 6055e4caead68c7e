package io.flamenco.worker.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.shared.trust.Fingerprint;
import io.flamenco.shared.trust.PeerTrust;
import io.flamenco.worker.domain.HttpProxy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PfxOptions;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a Worker reaches its Manager: over HTTPS with a certificate that it recognises, and through proxies. */
class ManagerClientTest {

    private static final String PASSWORD = "changeit";

    private static Path certificates = Path.of("unset");
    private static String fingerprint = "";

    private final Vertx vertx = Vertx.vertx();
    private final NetClient onward = vertx.createNetClient();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /** Vert.x closes an HTTP client that nobody refers to any more, also in the middle of a request. */
    private final List<ManagerClient> held = new ArrayList<>();

    @BeforeAll
    static void makeCertificates(@TempDir Path directory) throws Exception {
        certificates = directory;
        make("own", "ip:127.0.0.1");
        make("other", "dns:other.studio");
        String listing = keytool("-list", "-v", "-keystore", certificates.resolve("own.p12") + "");
        fingerprint = listing.replaceAll("(?s).*SHA256: ([0-9A-F:]+).*", "$1");
    }

    @AfterEach
    void close() throws Exception {
        done(vertx.close());
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_refused_with_its_fingerprint() throws Exception {
        URI manager = secureManager("own");

        assertThatThrownBy(() -> ask(manager, PeerTrust.usual(ManagerClient.MANAGER)))
                .hasMessageContaining("its certificate is not trusted")
                .hasMessageContaining("set manager_fingerprint to that")
                .hasMessageContaining(keyFingerprint("own"));
        assertThat(heard).isEmpty();
    }

    @Test
    void a_certificate_is_accepted_by_its_fingerprint_alone() throws Exception {
        PeerTrust pinned = pinned(fingerprint);

        assertThat(ask(secureManager("own"), pinned).status()).isEqualTo(204);
        assertThatThrownBy(() -> ask(secureManager("other"), pinned))
                .hasMessageContaining("its certificate has the fingerprint " + keyFingerprint("other"))
                .hasMessageContaining("but manager_fingerprint is " + fingerprint.toLowerCase(Locale.ROOT));
        assertThat(ask(secureManager("own"), pinned(keyFingerprint("own"))).status())
                .isEqualTo(204);
        assertThat(heard).containsExactly("GET /status-change", "GET /status-change");
    }

    @Test
    void a_pinned_certificate_may_be_of_another_name() throws Exception {
        String listing = keytool("-list", "-v", "-keystore", certificates.resolve("other.p12") + "");

        PeerTrust pinned = pinned(listing.replaceAll("(?s).*SHA256: ([0-9A-F:]+).*", "$1"));

        assertThat(ask(secureManager("other"), pinned).status()).isEqualTo(204);
    }

    @Test
    void an_authority_of_ones_own_vouches_for_the_name_in_the_certificate_only() throws Exception {
        assertThat(ask(secureManager("own"), authority("own")).status()).isEqualTo(204);
        assertThatThrownBy(() -> ask(secureManager("other"), authority("other")))
                .hasMessageContaining("No subject alternative names matching IP address 127.0.0.1");
        assertThat(heard).containsExactly("GET /status-change");
    }

    @Test
    void a_file_without_certificates_is_named() throws Exception {
        Path empty = Files.writeString(certificates.resolve("empty.pem"), "");

        assertThatThrownBy(() -> client(
                        URI.create("https://x/"),
                        new PeerTrust(ManagerClient.MANAGER, Optional.empty(), Optional.of(empty))))
                .hasMessageContaining(empty.toString())
                .hasMessageContaining("manager_certificates must name a PEM file");
    }

    @Test
    void a_manager_without_encryption_is_asked_through_the_proxy() throws Exception {
        int port = listening(vertx.createHttpServer().requestHandler(request -> {
                    heard.add(request.absoluteURI() + " " + request.getHeader("Proxy-Authorization"));
                    request.response().setStatusCode(204).end();
                }))
                .actualPort();
        HttpProxy proxy = new HttpProxy("127.0.0.1", port, false, Optional.of("suzanne:monkey"));

        ManagerAnswer answer = done(client(
                        URI.create("http://manager.example:8080/"),
                        Optional.of(proxy),
                        PeerTrust.usual(ManagerClient.MANAGER))
                .statusChange());

        assertThat(answer.status()).isEqualTo(204);
        assertThat(heard).containsExactly("http://manager.example:8080/status-change Basic c3V6YW5uZTptb25rZXk=");
    }

    @Test
    void an_encrypted_manager_is_reached_by_a_tunnel_that_the_proxy_cannot_read() throws Exception {
        URI manager = secureManager("own");
        int port = listening(vertx.createHttpServer().requestHandler(request -> tunnel(request, manager)))
                .actualPort();
        HttpProxy proxy = new HttpProxy("127.0.0.1", port, false, Optional.empty());

        ManagerAnswer answer =
                done(client(manager, Optional.of(proxy), pinned(fingerprint)).statusChange());

        assertThat(answer.status()).isEqualTo(204);
        assertThat(heard).containsExactly("CONNECT 127.0.0.1:" + manager.getPort(), "GET /status-change");
    }

    @Test
    void a_manager_that_has_gone_over_to_https_is_followed_there_with_credentials_and_body() throws Exception {
        URI secure = secureManager("own");
        URI plain = redirecting(secure.toString());
        ManagerClient client = client(plain, pinned(fingerprint));
        client.use(new Credentials("5c0100000000000000000001", "secret"));

        assertThat(done(client.signOff()).status()).isEqualTo(204);
        assertThat(done(client.signOff()).status()).isEqualTo(204);

        assertThat(client.url()).isEqualTo(secure);
        assertThat(heard).containsExactly("sent on", "POST /sign-off", "POST /sign-off");
    }

    @Test
    void nobody_is_followed_to_another_host() throws Exception {
        URI plain = redirecting("https://elsewhere.studio/");

        assertThat(done(client(plain, pinned(fingerprint)).signOff()).status()).isEqualTo(308);
    }

    private URI redirecting(String target) throws Exception {
        HttpServer plain = listening(vertx.createHttpServer().requestHandler(request -> {
            heard.add("sent on");
            request.response()
                    .setStatusCode(308)
                    .putHeader("Location", target + request.path().substring(1))
                    .end();
        }));
        return URI.create("http://127.0.0.1:" + plain.actualPort() + "/");
    }

    private static String keyFingerprint(String name) throws Exception {
        try (InputStream pem = Files.newInputStream(certificates.resolve(name + ".pem"))) {
            return Fingerprint.of((X509Certificate)
                            CertificateFactory.getInstance("X.509").generateCertificate(pem))
                    .toString();
        }
    }

    private void tunnel(HttpServerRequest request, URI manager) {
        heard.add(request.method() + " " + request.uri());
        onward.connect(manager.getPort(), "127.0.0.1")
                .compose(there -> request.toNetSocket().onSuccess(here -> join(here, there)));
    }

    private static void join(NetSocket here, NetSocket there) {
        here.handler(there::write);
        there.handler(here::write);
    }

    private URI secureManager(String name) throws Exception {
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions()
                        .setPath(certificates.resolve(name + ".p12").toString())
                        .setPassword(PASSWORD));
        HttpServer server = listening(vertx.createHttpServer(options).requestHandler(request -> {
            heard.add(request.method() + " " + request.path());
            request.response().setStatusCode(204).end();
        }));
        return URI.create("https://127.0.0.1:" + server.actualPort() + "/");
    }

    private static HttpServer listening(HttpServer server) throws Exception {
        return done(server.listen(0, "127.0.0.1"));
    }

    private ManagerAnswer ask(URI manager, PeerTrust trust) throws Exception {
        return done(client(manager, trust).statusChange());
    }

    private ManagerClient client(URI manager, PeerTrust trust) {
        return client(manager, Optional.empty(), trust);
    }

    private ManagerClient client(URI manager, Optional<HttpProxy> proxy, PeerTrust trust) {
        ManagerClient client = new ManagerClient(vertx, manager, Clock.systemUTC(), proxy, trust);
        held.add(client);
        return client;
    }

    private static PeerTrust pinned(String written) {
        return PeerTrust.usual(ManagerClient.MANAGER).pinned(Fingerprint.parse(written));
    }

    private static PeerTrust authority(String name) {
        return new PeerTrust(ManagerClient.MANAGER, Optional.empty(), Optional.of(certificates.resolve(name + ".pem")));
    }

    private static void make(String name, String alternative) throws Exception {
        String store = certificates.resolve(name + ".p12").toString();
        keytool(
                "-genkeypair",
                "-keystore",
                store,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + alternative);
        keytool("-exportcert", "-rfc", "-keystore", store, "-file", certificates.resolve(name + ".pem") + "");
    }

    private static String keytool(String... arguments) throws Exception {
        List<String> command = new CopyOnWriteArrayList<>(arguments);
        command.add(
                0, Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-storepass", PASSWORD, "-alias", "manager"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }

    private static <T> T done(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
