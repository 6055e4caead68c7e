package io.flamenco.shared.https.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flamenco.shared.http.ListenAddress;
import io.flamenco.shared.https.CertificateKeeper;
import io.flamenco.shared.https.CertificateSource.OwnFiles;
import io.flamenco.shared.https.CertificateVerticle;
import io.flamenco.shared.https.Challenges;
import io.flamenco.shared.https.Encryption;
import io.flamenco.shared.https.KeyAndChain;
import io.flamenco.shared.https.RedirectVerticle;
import io.flamenco.shared.https.ShownCertificate;
import io.flamenco.shared.kernel.StartFailure;
import io.flamenco.shared.time.TickedTime;
import io.flamenco.shared.trust.CertificateCheck;
import io.flamenco.shared.trust.Fingerprint;
import io.flamenco.shared.trust.PeerTrust;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a role speaks HTTPS, with certificates of one's own and with self-signed ones. */
class HttpsTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final PeerTrust.Peer PEER = PeerTrust.Peer.ofSettings("Manager", "manager");

    @TempDir
    private Path directory;

    private final TickedTime time = new TickedTime(START);
    private final ShownCertificate shown = new ShownCertificate();

    @AfterAll
    static void close() throws Exception {
        done(VERTX.close());
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private OwnFiles files() {
        return new OwnFiles(directory.resolve("chain.pem"), directory.resolve("key.pem"));
    }

    /** Puts a certificate of a new key where the role looks for it. */
    private Fingerprint renewFiles() throws IOException {
        KeyPair keys = KeyFile.make();
        KeyAndChain made = CertificateMaking.selfSigned(keys, List.of("localhost"), START, Duration.ofDays(90));
        Files.writeString(
                files().key(), PemFiles.block("PRIVATE KEY", keys.getPrivate().getEncoded()));
        PemFiles.write(files().chain(), made.chain());
        return made.fingerprint();
    }

    private HttpServer serve(CertificateKeeper keeper, boolean hsts) throws Exception {
        done(VERTX.deployVerticle(new CertificateVerticle(keeper, shown, time, time)));
        Encryption encryption = Encryption.with(shown, hsts);
        return done(VERTX.createHttpServer(encryption.on(new HttpServerOptions()))
                .requestHandler(
                        encryption.remembered(request -> request.response().end("hello")))
                .listen(0, "localhost"));
    }

    /** Lets so much time pass, and what it brings come to its end. */
    private void tick(Duration duration) {
        int before = time.waiting();
        time.tick(duration);
        await().until(() -> time.waiting() == before);
    }

    private static HttpResponse<String> call(HttpServer server, Fingerprint pin) throws Exception {
        PeerTrust trust = PeerTrust.usual(PEER).pinned(pin);
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(CertificateCheck.of(trust).context())
                .build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + server.actualPort() + "/"))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    @Test
    void changed_files_are_taken_over_while_it_runs_and_broken_ones_are_not() throws Exception {
        Fingerprint first = renewFiles();
        HttpServer server = serve(new OwnFilesKeeper(files()), false);
        assertThat(call(server, first).body()).isEqualTo("hello");

        Fingerprint second = renewFiles();
        tick(Duration.ofMinutes(1));
        assertThat(call(server, second).body()).isEqualTo("hello");
        assertThatThrownBy(() -> call(server, first))
                .isInstanceOf(SSLException.class)
                .hasStackTraceContaining("its certificate has the fingerprint " + second)
                .hasStackTraceContaining("but manager_fingerprint is " + first);

        Files.writeString(files().chain(), "half a cer");
        tick(Duration.ofMinutes(1));
        assertThat(call(server, second).body()).isEqualTo("hello");
        Fingerprint third = renewFiles();
        tick(Duration.ofMinutes(1));
        assertThat(call(server, third).body()).isEqualTo("hello");
    }

    @Test
    void keys_are_read_in_all_forms_and_what_is_wrong_with_files_is_said() throws Exception {
        renewFiles();
        Path key = files().key();
        assertThat(new OwnFilesKeeper(files()).first(START).belongTogether()).isTrue();
        KeyPair keys = KeyFile.make();
        PemFiles.write(
                files().chain(),
                CertificateMaking.selfSigned(keys, List.of("localhost"), START, Duration.ofDays(90))
                        .chain());
        Files.writeString(key, PemFiles.block("EC PRIVATE KEY", asOldOpenssl((ECPrivateKey) keys.getPrivate())));
        assertThat(new OwnFilesKeeper(files()).first(START).belongTogether()).isTrue();

        Files.writeString(
                key, PemFiles.block("PRIVATE KEY", KeyFile.make().getPrivate().getEncoded()));
        assertThatThrownBy(() -> new OwnFilesKeeper(files()).first(START))
                .hasMessageContaining("is not that of the key");
        Files.writeString(key, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
        assertThatThrownBy(() -> new OwnFilesKeeper(files()).first(START)).hasMessageContaining(key.toString());
        Files.delete(key);
        assertThatThrownBy(() -> serve(new OwnFilesKeeper(files()), false))
                .hasCauseInstanceOf(StartFailure.class)
                .hasMessageContaining("There is no file " + key);
    }

    /** The form of RFC 5915. */
    private static byte[] asOldOpenssl(ECPrivateKey key) throws IOException {
        return new org.bouncycastle.asn1.sec.ECPrivateKey(256, key.getS(), SECObjectIdentifiers.secp256r1).getEncoded();
    }

    @Test
    void old_versions_of_tls_and_weak_ciphers_are_refused() throws Exception {
        renewFiles();
        HttpServer server = serve(new OwnFilesKeeper(files()), false);

        assertThat(answerToHello(server, "0303"))
                .as("TLS 1.2 gets a server hello")
                .startsWith("16");
        assertThat(answerToHello(server, "0302")).as("TLS 1.1 gets an alert").matches("15....00020246");
        assertThat(answerToHello(server, "0301")).as("TLS 1.0 gets an alert").matches("15....00020246");
        assertThat(agreed(server, "TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"))
                .isEqualTo("TLSv1.2");
        assertThat(agreed(server, "TLSv1.3", "TLS_AES_128_GCM_SHA256")).isEqualTo("TLSv1.3");
        assertThatThrownBy(() -> agreed(server, "TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"))
                .isInstanceOf(SSLException.class);
        assertThatThrownBy(() -> agreed(server, "TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"))
                .isInstanceOf(SSLException.class);
    }

    /** The first bytes of the answer to a greeting that knows this version and a good cipher, in hexadecimal digits. */
    private static String answerToHello(HttpServer server, String version) throws IOException {
        String extensions = "000a00040002" + "0017" + "000d000400020403" + "000b00020100";
        String body = version + "00".repeat(32) + "00" + "0004c02bc009" + "0100"
                + HexFormat.of().toHexDigits((short) (extensions.length() / 2)) + extensions;
        String message = "0100" + HexFormat.of().toHexDigits((short) (body.length() / 2)) + body;
        String record = "160301" + HexFormat.of().toHexDigits((short) (message.length() / 2)) + message;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(HexFormat.of().parseHex(record));
            return HexFormat.of().formatHex(socket.getInputStream().readNBytes(7));
        }
    }

    /** The version that a client gets who knows only that one and that cipher. */
    private String agreed(HttpServer server, String version, String cipher) throws IOException {
        PeerTrust trust = PeerTrust.usual(PEER).pinned(shown.now().fingerprint());
        SSLSocketFactory sockets = CertificateCheck.of(trust).context().getSocketFactory();
        try (SSLSocket socket = (SSLSocket) sockets.createSocket("localhost", server.actualPort())) {
            socket.setEnabledProtocols(new String[] {version});
            socket.setEnabledCipherSuites(new String[] {cipher});
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }

    @Test
    void browsers_are_told_to_remember_https_when_that_is_wanted() throws Exception {
        Fingerprint pin = renewFiles();

        assertThat(call(serve(new OwnFilesKeeper(files()), true), pin)
                        .headers()
                        .firstValue("Strict-Transport-Security"))
                .hasValue("max-age=15768000");
        assertThat(call(serve(new OwnFilesKeeper(files()), false), pin)
                        .headers()
                        .map())
                .doesNotContainKey("strict-transport-security");
    }

    @Test
    void callers_by_plain_http_are_sent_on() throws Exception {
        AtomicInteger port = new AtomicInteger();
        redirect(Optional.empty(), port);

        HttpResponse<String> page = plain(port, HttpRequest.newBuilder().GET());
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location")).hasValue("https://localhost:8443/jobs?x=1");
        HttpResponse<String> change = plain(port, HttpRequest.newBuilder().POST(BodyPublishers.ofString("{}")));
        assertThat(change.statusCode()).isEqualTo(308);
        assertThat(change.headers().firstValue("Location")).hasValue("https://localhost:8443/jobs?x=1");

        redirect(Optional.of(URI.create("https://farm.studio.example/")), port);
        assertThat(plain(port, HttpRequest.newBuilder().GET()).headers().firstValue("Location"))
                .hasValue("https://farm.studio.example/jobs?x=1");
    }

    private static void redirect(Optional<URI> ownUrl, AtomicInteger port) throws Exception {
        done(VERTX.deployVerticle(new RedirectVerticle(
                "Manager", new ListenAddress("localhost", 0), new Challenges(), ownUrl, () -> 8443, port::set)));
    }

    private static HttpResponse<String> plain(AtomicInteger port, HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    request.uri(URI.create("http://localhost:" + port + "/jobs?x=1"))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    @Test
    void a_self_signed_certificate_is_made_at_once_and_renewed_with_the_same_key() throws Exception {
        Path own = directory.resolve("self-signed");
        AtomicInteger cards = new AtomicInteger(1);
        SelfSignedKeeper keeper = new SelfSignedKeeper(
                own,
                () -> cards.get() == 1
                        ? List.of("farm", "10.0.0.1")
                        : List.of("farm", "10.0.0.1", "fd00:0:0:0:0:0:0:1"));

        KeyAndChain first = keeper.first(START);
        assertThat(first.names()).containsExactlyInAnyOrder("farm", "10.0.0.1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own.resolve("key.pem"))))
                .isEqualTo("rw-------");
        assertThat(keeper.newer(START.plus(Duration.ofDays(200)))).isEmpty();
        assertThat(keeper.first(START).own()).as("kept over a restart").isEqualTo(first.own());

        X509Certificate renewed =
                keeper.newer(START.plus(Duration.ofDays(300))).orElseThrow().own();
        assertThat(renewed.getNotAfter()).isAfter(first.own().getNotAfter());
        assertThat(Fingerprint.of(renewed)).isEqualTo(first.fingerprint());

        cards.set(2);
        KeyAndChain moved = keeper.newer(START.plus(Duration.ofDays(301))).orElseThrow();
        assertThat(moved.names()).contains("fd00:0:0:0:0:0:0:1");
        assertThat(moved.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(keeper.newer(START.plus(Duration.ofDays(302)))).isEmpty();
    }
}
