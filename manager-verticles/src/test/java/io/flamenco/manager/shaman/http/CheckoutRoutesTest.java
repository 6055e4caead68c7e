package io.flamenco.manager.shaman.http;

import static io.flamenco.manager.shaman.blocking.StoreUnderTest.key;
import static io.flamenco.manager.shaman.blocking.StoreUnderTest.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.manager.shaman.blocking.StoreUnderTest;
import io.flamenco.manager.shaman.domain.FileKey;
import io.flamenco.manager.shaman.http.ShamanClient.Answer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutRoutesTest {

    private static final String REQUIREMENTS = "/checkout/requirements";
    private static final String CREATE = "/checkout/create/jemoeder";
    private static final Map<String, String> TEXT = Map.of("Content-Type", "text/plain");
    private static final Map<String, String> GZIP = Map.of("Content-Type", "text/plain", "Content-Encoding", "gzip");

    @TempDir
    Path directory;

    private ShamanServer server;
    private ShamanClient client;

    @BeforeEach
    void start() {
        server = new ShamanServer(directory);
        client = new ShamanClient(server.port());
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void each_file_that_is_not_there_is_asked_for_once_in_the_order_of_the_definition() {
        String definition = line("a", "definition/a.blend")
                + line("b", "b.blend")
                + line("c", "textures/c d.png")
                + line("d", "d.png")
                + line("d", "copy of d.png");

        Answer answer = client.define(REQUIREMENTS, ShamanClient.gzip(bytes(definition)), GZIP);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(answer.text()).isEqualTo("""
                file-unknown definition/a.blend
                file-unknown b.blend
                file-unknown textures/c d.png
                file-unknown d.png
                """);
    }

    @Test
    void stored_file_is_not_asked_for_and_is_young_before_the_answer() throws IOException {
        Path blob = stored(server.shaman, "a", Duration.ofDays(100));

        Answer answer = client.define(REQUIREMENTS, bytes(line("a", "a.blend") + line("b", "b.blend")), TEXT);

        assertThat(StoreUnderTest.age(blob)).isLessThan(Duration.ofMinutes(1));
        assertThat(answer.text()).isEqualTo("file-unknown b.blend\n");
    }

    @Test
    void file_that_somebody_sends_may_come_last() throws IOException {
        FileKey key = key("slow");
        try (Socket slow = client.begin(key, "")) {
            await().until(() -> client.define(REQUIREMENTS, bytes(line("slow", "slow.png")), TEXT)
                    .text()
                    .equals("already-uploading slow.png\n"));
            slow.getOutputStream().write(bytes("slow"));
            assertThat(ShamanClient.statusLine(slow)).contains("204");
        }
        assertThat(client.define(REQUIREMENTS, bytes(line("slow", "slow.png")), TEXT)
                        .text())
                .isEmpty();
    }

    @Test
    void checkout_is_a_tree_of_links_to_the_stored_files() throws IOException {
        Path one = stored(server.shaman, "one", Duration.ofDays(100));
        Path two = stored(server.shaman, "two", Duration.ofDays(100));
        String definition =
                line("one", "één.blend") + line("two", "sub/dir/two.png") + line("one", "again") + line("two", "sub/x");

        Answer answer = client.define(CREATE, ShamanClient.gzip(bytes(definition)), GZIP);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("er/jemoeder");
        Path checkout = directory.resolve("jobs").resolve(answer.text());
        assertThat(Files.readSymbolicLink(checkout.resolve("één.blend"))).isEqualTo(one);
        assertThat(Files.readSymbolicLink(checkout.resolve("sub/dir/two.png"))).isEqualTo(two);
        assertThat(checkout.resolve("again")).hasContent("one");
        assertThat(StoreUnderTest.age(one)).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void checkout_of_missing_files_names_them_and_leaves_nothing() throws IOException {
        stored(server.shaman, "one", Duration.ZERO);

        Answer answer =
                client.define(CREATE, bytes(line("one", "one") + line("no", "no 1") + line("no", "no 2")), TEXT);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo("file-unknown no 1\nfile-unknown no 2\n");
        assertThat(directory.resolve("jobs")).isEmptyDirectory();
    }

    @Test
    void name_of_a_checkout_can_be_used_once() {
        assertThat(client.define(CREATE, bytes(""), TEXT).status()).isEqualTo(200);
        assertThat(client.define(CREATE, bytes(""), TEXT).status()).isEqualTo(409);
    }

    @Test
    void hostile_names_are_refused() throws IOException {
        stored(server.shaman, "one", Duration.ZERO);
        for (String id : new String[] {"x", "..", "%2e%2e", "..%2Fx", "a%2Fb", "a%00b", "x".repeat(500), "a.b"}) {
            assertThat(client.define("/checkout/create/" + id, bytes(""), TEXT).status())
                    .as(id)
                    .isIn(400, 404);
        }
        for (String path : new String[] {"/etc/x", "../x", "a/../../x", "NUL", "a\\b", "C:/x", "a\u0000b", "."}) {
            Answer answer = client.define(CREATE, bytes(line("one", path)), TEXT);
            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.text()).startsWith("ERROR line 1: ");
        }
        assertThat(client.define(CREATE, bytes(line("one", "a") + line("one", "a/b")), TEXT)
                        .text())
                .startsWith("ERROR line 1: ");
        assertThat(directory.resolve("jobs")).isEmptyDirectory();
    }

    @Test
    void definition_must_be_plain_text_in_utf8() {
        assertThat(client.define(REQUIREMENTS, bytes(""), Map.of("Content-Type", "application/json"))
                        .status())
                .isEqualTo(400);
        assertThat(client.define(REQUIREMENTS, bytes(""), Map.of()).status()).isEqualTo(400);
        assertThat(client.define(REQUIREMENTS, new byte[] {(byte) 0xC3}, TEXT).status())
                .isEqualTo(400);
        assertThat(client.define(REQUIREMENTS, bytes("no gzip"), GZIP).status()).isEqualTo(400);
        assertThat(client.define(REQUIREMENTS, bytes(""), Map.of("Content-Type", "text/plain; charset=utf-8"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void definition_beyond_the_limit_is_refused() {
        byte[] bomb = ShamanClient.gzip(new byte[40 << 20]);

        assertThat(client.define(REQUIREMENTS, bomb, GZIP).status()).isEqualTo(413);
    }

    @Test
    void nothing_works_without_credentials() {
        Map<String, String> wrong = Map.of("Content-Type", "text/plain", "Authorization", "Bearer not-the-token");

        assertThat(client.define(REQUIREMENTS, bytes(""), wrong).status()).isEqualTo(401);
        assertThat(client.define(CREATE, bytes(""), wrong).status()).isEqualTo(401);
        assertThat(directory.resolve("jobs/er")).doesNotExist();
    }

    private static String line(String content, String path) {
        return key(content).checksum() + " " + key(content).size() + " " + path + "\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
