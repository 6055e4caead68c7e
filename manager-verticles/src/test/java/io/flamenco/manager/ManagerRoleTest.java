package io.flamenco.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.manager.config.ManagerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagerRoleTest {

    private static final char[] PASSWORD = "made for this test".toCharArray();

    private static final String HANDSHAKE = """
            GET /eventbus/websocket HTTP/1.1\r
            Host: localhost\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final WebClient client = WebClient.wrap(
            vertx.createHttpClient(new HttpClientOptions().setTrustAll(true).setVerifyHost(false)));

    @AfterEach
    void close() {
        FarmUnderTest.await(vertx.close());
    }

    private ManagerRole start(JsonObject more) {
        JsonObject yaml = new JsonObject()
                .put("listen", "127.0.0.1:0")
                .put("ssdp_discovery", false)
                .mergeIn(more);
        return FarmUnderTest.await(
                ManagerRole.start(vertx, ManagerConfig.read("test", yaml, directory.resolve("manager"), Map.of())));
    }

    private HttpResponse<Buffer> get(ManagerRole manager, String path) throws IOException {
        String token = Files.readString(directory.resolve("manager/api-token")).strip();
        return FarmUnderTest.await(
                client.getAbs(manager.url().orElseThrow().resolve(path).toString())
                        .bearerTokenAuthentication(token)
                        .send());
    }

    @Test
    void a_manager_is_healthy_tells_numbers_and_explains_tasks() throws Exception {
        ManagerRole manager = start(new JsonObject());

        assertThat(get(manager, "/health/live").bodyAsJsonObject().getString("status"))
                .isEqualTo("up");
        assertThat(get(manager, "/health/ready").bodyAsJsonObject().getString("status"))
                .isEqualTo("up");
        assertThat(get(manager, "/metrics").bodyAsString())
                .contains("flamenco_manager_ready")
                .contains("flamenco_manager_http_requests_seconds_count")
                .contains("jvm_memory_used_bytes");
        HttpResponse<Buffer> unknown = get(manager, "/api/v1/tasks/5c0165dc494ba92dc0552afe/why");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.getHeader("Content-Type")).isEqualTo("application/problem+json");
        assertThat(Files.readString(directory.resolve("manager/worker-registration-secret")))
                .hasSizeGreaterThan(32);
        FarmUnderTest.await(manager.stop());
    }

    @Test
    void with_a_certificate_it_is_reached_by_https_only() throws Exception {
        KeyStore store = selfSigned();
        Path key = pem("PRIVATE KEY", store.getKey("test", PASSWORD).getEncoded());
        Path certificate = pem("CERTIFICATE", store.getCertificate("test").getEncoded());

        ManagerRole manager = start(new JsonObject()
                .put("listen_https", "127.0.0.1:0")
                .put("tlskey", key.toString())
                .put("tlscert", certificate.toString()));

        assertThat(manager.url().orElseThrow().getScheme()).isEqualTo("https");
        assertThat(get(manager, "/health/live").statusCode()).isEqualTo(200);
        FarmUnderTest.await(manager.stop());
    }

    @Test
    void a_page_that_listens_and_never_says_goodbye_does_not_hold_up_the_end() throws Exception {
        ManagerRole manager =
                start(new JsonObject().put("user_authentication", new JsonObject().put("disableSecurity", true)));
        int port = manager.url().orElseThrow().getPort();
        try (Socket page = new Socket(InetAddress.getLoopbackAddress(), port)) {
            page.getOutputStream().write(HANDSHAKE.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = page.getInputStream().readNBytes(12);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 101");

            long start = System.nanoTime();
            FarmUnderTest.await(manager.stop());

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void a_directory_to_watch_must_exist() {
        JsonObject yaml = new JsonObject()
                .put("listen", "127.0.0.1:0")
                .put("ssdp_discovery", false)
                .put("watch_for_latest_image", directory.resolve("absent").toString());

        assertThatThrownBy(() -> FarmUnderTest.await(ManagerRole.start(
                        vertx, ManagerConfig.read("test", yaml, directory.resolve("manager"), Map.of()))))
                .hasMessageContaining("watch_for_latest_image")
                .hasMessageContaining("absent");
    }

    private KeyStore selfSigned() throws Exception {
        Path file = directory.resolve("test.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=localhost",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD),
                        "-storetype",
                        "PKCS12")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    private Path pem(String kind, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(
                directory.resolve(kind.replace(' ', '-') + ".pem"),
                "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }
}
