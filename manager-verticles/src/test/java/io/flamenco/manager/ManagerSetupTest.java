package io.flamenco.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.shared.http.ApiDescription;
import io.flamenco.shared.http.ApiFuzz;
import io.flamenco.shared.http.ListenAddress;
import io.flamenco.shared.https.CertificateSource;
import io.flamenco.shared.https.Challenges;
import io.flamenco.shared.https.Encryption;
import io.flamenco.shared.https.KeyAndChain;
import io.flamenco.shared.https.Listening;
import io.flamenco.shared.https.ShownCertificate;
import io.flamenco.shared.https.blocking.Keepers;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagerSetupTest {

    private static final String YAML = "application/x-yaml";
    private static final JsonArray BLENDER =
            new JsonArray().add(new JsonObject().put("platform", "linux").put("value", "/opt/blender"));
    private static final String MANAGER = "5852bc5198377351f95d103e";

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final WebClient client = WebClient.create(vertx);
    private final List<JsonObject> asked = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private ManagerSetup setup;

    private String cookie = "";

    private ManagerSetup start(String before) {
        return start(before, "127.0.0.1:0");
    }

    private ManagerSetup start(String before, String listen) {
        try {
            Files.writeString(directory.resolve("manager.yaml"), before);
            return FarmUnderTest.await(ManagerSetup.start(
                    vertx,
                    directory.resolve("manager.yaml"),
                    new JsonObject().put("listen", listen),
                    directory.resolve("manager"),
                    Optional.empty()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void logIn() {
        setup = start("manager_name: Before\nmanager_id: " + MANAGER + "\nmanager_secret: of the manager\n"
                + "worker_registration_secret: join\ndatabase_url: mongodb://me:pass@db/\n");
        String key = setup.loginLinks().getFirst().getFragment().substring("key=".length());
        HttpResponse<Buffer> in = FarmUnderTest.await(
                request(HttpMethod.POST, "/api/v1/login").sendJsonObject(new JsonObject().put("key", key)));
        cookie = in.getHeader("Set-Cookie").split(";", 2)[0];
    }

    @AfterEach
    void close() {
        FarmUnderTest.await(setup.stop());
        FarmUnderTest.await(vertx.close());
    }

    private HttpRequest<Buffer> request(HttpMethod method, String path) {
        URI url = setup.url().orElseThrow();
        HttpRequest<Buffer> request =
                client.request(method, url.getPort(), url.getHost(), path).followRedirects(false);
        return cookie.isEmpty() ? request : request.putHeader("Cookie", cookie);
    }

    private HttpResponse<Buffer> save(String yaml) {
        return FarmUnderTest.await(request(HttpMethod.POST, "/setup/data")
                .putHeader("Content-Type", YAML)
                .sendBuffer(Buffer.buffer(yaml)));
    }

    private String saved() throws Exception {
        return Files.readString(directory.resolve("manager.yaml"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /setup/data, 401",
        "POST, /setup/data, 401",
        "GET, /setup/api/link-required, 401",
        "POST, /setup/api/link-start, 401",
        "GET, /setup/api/checks, 401",
        "POST, /setup/restart, 401",
        "POST, /setup/restart-to-setup, 401",
        "GET, /setup, 200",
        "GET, /, 200",
        "POST, /register-worker, 401"
    })
    void nobody_sets_a_manager_up_without_the_key(String method, String path, int status) {
        cookie = "";

        assertThat(FarmUnderTest.await(request(HttpMethod.valueOf(method), path).send())
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void secrets_are_not_shown_and_stay_when_the_rest_is_saved() throws Exception {
        HttpResponse<Buffer> shown =
                FarmUnderTest.await(request(HttpMethod.GET, "/setup/data").send());
        assertThat(shown.getHeader("Content-Type")).isEqualTo(YAML);
        assertThat(shown.bodyAsString())
                .contains("manager_name: Before")
                .contains("is_used_for_setup: true")
                .doesNotContain("of the manager")
                .doesNotContain("join")
                .doesNotContain("pass");

        assertThat(save("manager_name: After\nworker_registration_secret: (hidden)\ndatabase_url: (hidden)\n")
                        .statusCode())
                .isEqualTo(204);

        assertThat(saved())
                .contains("manager_name: After")
                .contains("manager_secret: of the manager")
                .contains("worker_registration_secret: join")
                .contains("mongodb://me:pass@db/")
                .doesNotContain("manager_id");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("manager.yaml"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(directory.resolve("manager.yaml.before"))).contains("manager_name: Before");
    }

    @Test
    void what_is_usual_is_shown_and_not_written_down_unless_somebody_chose_it() throws Exception {
        JsonObject shown = config();
        assertThat(shown.containsKey("flamenco")).as("no Server was named").isFalse();
        assertThat(shown.getJsonObject("variables").fieldNames()).contains("blender", "ffmpeg", "shaman");
        shown.getJsonObject("shaman").put("checkoutPath", "/elsewhere");
        shown.getJsonObject("variables").getJsonObject("blender").put("values", BLENDER);

        save(shown.encode());

        assertThat(saved())
                .contains("checkoutPath: /elsewhere", "/opt/blender")
                .doesNotContain("fileStorePath", "ffmpeg", "listen", "task_logs_path", "_meta");
        assertThat(config().getJsonObject("variables").toString())
                .as("the checkouts follow their setting")
                .contains("/elsewhere");
    }

    private JsonObject config() {
        return FarmUnderTest.await(request(HttpMethod.GET, "/setup/data")
                        .putHeader("Accept", "application/json")
                        .send())
                .bodyAsJsonObject()
                .getJsonObject("config");
    }

    @ParameterizedTest
    @CsvSource({
        "'mode: fancy', mode",
        "'listen: nowhere', listen",
        "'manger_name: x', did you mean",
        "'a: [', ''",
        "'- a list', mapping",
        "'manager_name: !!javax.script.ScriptEngineManager [x]', ''",
        "'variables: {x: {direction: sideways, values: []}}', direction"
    })
    void settings_with_which_no_manager_can_start_are_never_saved(String yaml, String why) throws Exception {
        String before = saved();

        HttpResponse<Buffer> refused = save(yaml);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.bodyAsJsonObject().getString("detail")).contains(why);
        assertThat(saved()).isEqualTo(before);
    }

    @Test
    void what_is_no_yaml_or_saved_by_somebody_else_meanwhile_is_refused() {
        assertThat(FarmUnderTest.await(request(HttpMethod.POST, "/setup/data")
                                .putHeader("Content-Type", "text/plain")
                                .sendBuffer(Buffer.buffer("a: b")))
                        .statusCode())
                .isEqualTo(406);
        assertThat(FarmUnderTest.await(request(HttpMethod.POST, "/setup/data")
                                .putHeader("Content-Type", YAML + "; charset=utf-8")
                                .putHeader("If-Match", "\"of another time\"")
                                .sendBuffer(Buffer.buffer("manager_name: x")))
                        .statusCode())
                .isEqualTo(412);
    }

    @Test
    void what_is_found_on_the_machine_is_told_with_a_remedy() throws Exception {
        Files.writeString(directory.resolve("file"), "");
        save("database_url: mongodb://127.0.0.1:1/\nshaman: {fileStorePath: " + directory.resolve("file/store")
                + "}\n");

        String checks = FarmUnderTest.await(
                        request(HttpMethod.GET, "/setup/api/checks").send())
                .bodyAsString();

        assertThat(checks).contains("MongoDB does not answer").contains("choose another place");
    }

    @Test
    void a_link_is_made_with_proofs_on_both_sides() throws Exception {
        String base = "http://127.0.0.1:" + server(new HttpServerOptions()) + "/";

        assertThat(begin(base, "").getString("location"))
                .startsWith(base + "flamenco/managers/link/choose?hmac=")
                .contains("identifier=5cebe1fa0123456789abcdef");
        cookie = "";
        assertThat(FarmUnderTest.await(request(HttpMethod.POST, "/setup/link-return?oid=" + MANAGER + "&hmac=00")
                                .send())
                        .statusCode())
                .isEqualTo(400);
        byte[] key = HexFormat.of().parseHex(asked.getFirst().getString("key"));
        HttpResponse<Buffer> back = comeBack(key);

        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(back.getHeader("Location")).isEqualTo("/setup/link-done");
        assertThat(saved()).contains("manager_secret: SRVnew").contains("flamenco: " + base);
        JsonObject reset = asked.getLast();
        assertThat(reset.getString("hmac"))
                .isEqualTo(proof(key, reset.getString("padding") + "-5cebe1fa0123456789abcdef-" + MANAGER));
    }

    @Test
    void a_server_for_which_no_authority_vouches_is_linked_when_a_person_has_confirmed_its_fingerprint()
            throws Exception {
        CertificateSource own = new CertificateSource.SelfSigned(List.of());
        KeyAndChain certificate = Keepers.of(
                        own,
                        Listening.plain(new ListenAddress("127.0.0.1", 0)),
                        directory.resolve("server"),
                        new Challenges())
                .first(Instant.EPOCH);
        ShownCertificate shown = new ShownCertificate();
        shown.show(certificate);
        String base =
                "https://127.0.0.1:" + server(Encryption.with(shown, false).on(new HttpServerOptions())) + "/";

        JsonObject question = begin(base, "");
        String fingerprint = certificate.fingerprint().toString();
        assertThat(question.getString("confirm_fingerprint")).isEqualTo(fingerprint);
        assertThat(asked).isEmpty();
        assertThat(begin(base, "ab".repeat(32)).getString("confirm_fingerprint"))
                .as("another one was confirmed")
                .isEqualTo(fingerprint);
        assertThat(begin(base, fingerprint).getString("location")).startsWith(base);
        comeBack(HexFormat.of().parseHex(asked.getFirst().getString("key")));

        assertThat(saved()).contains("manager_secret: SRVnew").contains("flamenco_fingerprint: " + fingerprint);
    }

    /** A Server that links everybody; its port. */
    private int server(HttpServerOptions options) {
        return FarmUnderTest.await(vertx.createHttpServer(options)
                        .requestHandler(request -> request.body().onSuccess(body -> {
                            asked.add(new JsonObject(body).put("path", request.path()));
                            request.response()
                                    .end(
                                            request.path().endsWith("exchange")
                                                    ? "{\"identifier\": \"5cebe1fa0123456789abcdef\"}"
                                                    : "{\"token\": \"SRVnew\", \"expire_time\": \"later\"}");
                        }))
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    private JsonObject begin(String server, String fingerprint) {
        return FarmUnderTest.await(request(HttpMethod.POST, "/setup/api/link-start")
                        .addQueryParam("server", server)
                        .addQueryParam("fingerprint", fingerprint)
                        .send())
                .bodyAsJsonObject();
    }

    private HttpResponse<Buffer> comeBack(byte[] key) throws Exception {
        String proof = proof(key, "5cebe1fa0123456789abcdef-" + MANAGER);
        return FarmUnderTest.await(request(HttpMethod.POST, "/setup/link-return?oid=" + MANAGER + "&hmac=" + proof)
                .send());
    }

    @ParameterizedTest
    @CsvSource({"'', 400", "ftp://x/, 400", "nothing, 400", "http://127.0.0.1:1/, 500"})
    void a_server_that_is_none_is_named(String server, int status) {
        assertThat(FarmUnderTest.await(request(HttpMethod.GET, "/setup/api/link-start?server=" + server)
                                .send())
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void wrong_settings_take_no_encryption_away_and_open_no_unencrypted_door_to_the_network() {
        FarmUnderTest.await(setup.stop());
        setup = start("tls: self-signed\nlisten_https: 127.0.0.1:0\nmanger_name: x\n", "0.0.0.0:0");
        assertThat(setup.url())
                .hasValueSatisfying(url -> assertThat(url.getScheme()).isEqualTo("https"));

        FarmUnderTest.await(setup.stop());
        setup = start("tls: [", "0.0.0.0:0");
        assertThat(setup.loginLinks())
                .singleElement()
                .satisfies(url -> assertThat(url.getHost()).isEqualTo("127.0.0.1"));
    }

    @Test
    void any_request_to_the_set_up_is_answered_and_none_by_a_fault_of_ours() throws Exception {
        FarmUnderTest.await(setup.stop());
        setup = start("limits: {requests_per_second: 1000000}\n");
        ApiDescription description = ApiDescription.read(
                vertx,
                FarmUnderTest.await(
                                request(HttpMethod.GET, "/api/v1/openapi.yaml").send())
                        .bodyAsString());
        String token = Files.readString(directory.resolve("manager/api-token")).strip();

        new ApiFuzz(
                        vertx,
                        setup.url().orElseThrow(),
                        description,
                        operation -> operation.content().containsKey("x-mode")
                                || operation.call().path().startsWith("/api/v1/log"),
                        List.of("Bearer " + token))
                .run(0.25);
    }

    private static String proof(byte[] key, String message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.US_ASCII)));
    }
}
