package io.flamenco.manager.shaman.http;

import static io.flamenco.manager.shaman.blocking.StoreUnderTest.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.manager.shaman.blocking.StoreUnderTest;
import io.flamenco.manager.shaman.domain.FileKey;
import io.flamenco.manager.shaman.domain.FileStatus;
import io.flamenco.manager.shaman.http.ShamanClient.Answer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileRoutesTest {

    private static final Map<String, String> PLAIN = Map.of();
    private static final Map<String, String> GZIP = Map.of("Content-Encoding", "gzip");
    private static final byte[] NOTHING = {};
    private static final byte[] CONTENT = "some content, and more of it".getBytes(StandardCharsets.UTF_8);
    private static final FileKey KEY = key(CONTENT);

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
    void compressed_file_is_stored_as_it_was_before_and_can_be_fetched() {
        assertThat(look(KEY)).isEqualTo(404);

        assertThat(client.upload(KEY, ShamanClient.gzip(CONTENT), GZIP).status())
                .isEqualTo(204);

        assertThat(server.shaman.store().blob(KEY)).hasBinaryContent(CONTENT);
        assertThat(look(KEY)).isEqualTo(200);
        Answer fetched = client.send("GET", ShamanClient.path(KEY), NOTHING, PLAIN);
        assertThat(fetched.status()).isEqualTo(200);
        assertThat(fetched.text().getBytes(StandardCharsets.UTF_8)).isEqualTo(CONTENT);
        assertThat(header(fetched, "Content-Type")).isEqualTo("application/binary");
        assertThat(header(fetched, "ETag")).isEqualTo("\"" + KEY.checksum() + "-" + KEY.size() + "\"");
        assertThat(header(fetched, "X-Shaman-Checksum")).isEqualTo(KEY.checksum());
        nothingIsLeftBehind();
    }

    @Test
    void plain_file_and_empty_file_are_stored() {
        assertThat(client.upload(KEY, CONTENT, PLAIN).status()).isEqualTo(204);
        assertThat(client.upload(key(NOTHING), NOTHING, PLAIN).status()).isEqualTo(204);

        assertThat(server.shaman.store().has(key(NOTHING))).isTrue();
        assertThat(key(NOTHING).checksum()).startsWith("e3b0c442").endsWith("b855");
        assertThat(key("hahaha").checksum())
                .isEqualTo("be178c0543eb17f5f3043021c9e5fcf30285e557a4fc309cce97ff9ca6182912");
        assertThat(key("hähähä").checksum())
                .isEqualTo("05b373f2ab421a112c779258ea456c17160fcc1d0fe0bb8282de26122873f6e2");
        nothingIsLeftBehind();
    }

    @Test
    void file_with_another_checksum_is_refused() {
        FileKey wrong = new FileKey("0".repeat(64), CONTENT.length);

        assertThat(client.upload(wrong, ShamanClient.gzip(CONTENT), GZIP).status())
                .isEqualTo(417);

        assertThat(look(wrong)).isEqualTo(404);
        nothingIsLeftBehind();
    }

    @Test
    void file_of_another_size_is_refused() {
        assertThat(client.upload(new FileKey(KEY.checksum(), KEY.size() + 1), CONTENT, PLAIN)
                        .status())
                .isEqualTo(417);
        assertThat(client.upload(new FileKey(KEY.checksum(), KEY.size() - 1), CONTENT, PLAIN)
                        .status())
                .isEqualTo(417);
        nothingIsLeftBehind();
    }

    @Test
    void file_that_unpacks_to_more_than_was_announced_is_refused_early() {
        byte[] bomb = ShamanClient.gzip(new byte[32 << 20]);

        assertThat(client.upload(KEY, bomb, GZIP).status()).isEqualTo(417);

        nothingIsLeftBehind();
    }

    @Test
    void broken_compression_is_refused() {
        byte[] half = Arrays.copyOf(ShamanClient.gzip(CONTENT), 20);

        assertThat(client.upload(KEY, half, GZIP).status()).isEqualTo(400);
        assertThat(client.upload(KEY, CONTENT, GZIP).status()).isEqualTo(400);
        assertThat(client.upload(KEY, CONTENT, Map.of("Content-Encoding", "br")).status())
                .isEqualTo(400);
        nothingIsLeftBehind();
    }

    @Test
    void stored_file_is_not_wanted_again_and_is_made_young() throws IOException {
        Path blob = StoreUnderTest.stored(server.shaman, "old", Duration.ofDays(100));

        Answer again = client.upload(key("old"), "old".getBytes(StandardCharsets.UTF_8), PLAIN);

        assertThat(again.status()).isEqualTo(208);
        assertThat(header(again, "Location")).isEqualTo(ShamanClient.path(key("old")));
        assertThat(StoreUnderTest.age(blob)).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void sender_who_can_wait_is_told_to_while_somebody_else_sends_the_file() throws IOException {
        try (Socket slow = client.begin(KEY, "")) {
            waitUntilSomebodySends(1);
            assertThat(look(KEY)).isEqualTo(420);

            Answer deferred = client.upload(KEY, CONTENT, Map.of("X-Shaman-Can-Defer-Upload", "true"));
            assertThat(deferred.status()).isEqualTo(208);
            assertThat(deferred.headers().firstValue("Location")).isEmpty();

            slow.getOutputStream().write(CONTENT);
            assertThat(ShamanClient.statusLine(slow)).contains("204");
        }
    }

    @Test
    void first_complete_upload_of_a_file_wins_and_ends_the_others() throws IOException {
        try (Socket slow = client.begin(KEY, "")) {
            slow.getOutputStream().write(CONTENT, 0, 5);
            waitUntilSomebodySends(1);

            assertThat(client.upload(KEY, CONTENT, PLAIN).status()).isEqualTo(204);

            assertThat(ShamanClient.statusLine(slow)).contains("208");
        }
        nothingIsLeftBehind();
    }

    @Test
    void failed_upload_of_a_file_leaves_the_others_alone() throws IOException {
        try (Socket slow = client.begin(KEY, "")) {
            slow.getOutputStream().write(CONTENT, 0, 5);
            waitUntilSomebodySends(1);
            byte[] other = CONTENT.clone();
            other[0]++;

            assertThat(client.upload(KEY, other, PLAIN).status()).isEqualTo(417);

            slow.getOutputStream().write(CONTENT, 5, CONTENT.length - 5);
            assertThat(ShamanClient.statusLine(slow)).contains("204");
        }
        assertThat(server.shaman.store().blob(KEY)).hasBinaryContent(CONTENT);
    }

    @Test
    void sender_who_goes_away_leaves_nothing_behind() throws IOException {
        try (Socket sender = client.begin(KEY, "")) {
            sender.getOutputStream().write(CONTENT, 0, 5);
            waitUntilSomebodySends(1);
        }

        waitUntilSomebodySends(0);
        nothingIsLeftBehind();
        assertThat(look(KEY)).isEqualTo(404);
    }

    @Test
    void sender_who_asks_first_is_told_to_go_on_or_is_spared_the_sending() throws IOException {
        try (Socket asking = client.begin(KEY, "Expect: 100-continue\r\n")) {
            assertThat(ShamanClient.statusLine(asking)).contains("100");
            asking.getOutputStream().write(CONTENT);
            await().until(() -> server.shaman.store().has(KEY));
        }
        try (Socket asking = client.begin(KEY, "Expect: 100-continue\r\n")) {
            assertThat(ShamanClient.statusLine(asking)).contains("208");
        }
    }

    /** Much more than fits into the buffers on the way, so a sender who was cut off would not find the answer. */
    @Test
    void early_answer_is_found_after_all_was_sent_and_the_connection_ends() throws IOException {
        byte[] large = new byte[20 << 20];
        client.upload(key(large), large, PLAIN);
        try (Socket socket = client.begin(key(large), "")) {
            socket.getOutputStream().write(large);

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 208").containsIgnoringCase("connection: close");
        }
    }

    @Test
    void sender_with_few_connections_always_finds_the_early_answer() {
        byte[] large = new byte[4 << 20];
        client.upload(key(large), large, PLAIN);

        for (int i = 0; i < 30; i++) {
            assertThat(client.upload(key(large), large, PLAIN).status()).isEqualTo(208);
        }
    }

    @Test
    void full_disk_is_told_to_who_sends_a_file_and_to_nobody_else() throws IOException {
        server.stop();
        server = new ShamanServer(StoreUnderTest.openFull(directory));
        client = new ShamanClient(server.port());
        byte[] known = "stored before".getBytes(StandardCharsets.UTF_8);
        StoreUnderTest.stored(server.shaman, "stored before", Duration.ZERO);

        Answer refused = client.upload(KEY, CONTENT, PLAIN);

        assertThat(refused.status()).isEqualTo(507);
        assertThat(refused.text()).contains("keepFreeMebibytes");
        assertThat(look(KEY)).isEqualTo(404);
        assertThat(client.upload(key(known), known, PLAIN).status()).isEqualTo(208);
        nothingIsLeftBehind();
    }

    @Test
    void many_who_send_the_same_file_at_once_store_it_once() throws Exception {
        byte[] large = new byte[3 << 20];
        new Random(1).nextBytes(large);
        List<Callable<Answer>> all = IntStream.range(0, 12)
                .mapToObj(i -> (Callable<Answer>) () -> client.upload(key(large), large, PLAIN))
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
            List<Future<Answer>> answers = threads.invokeAll(all);

            assertThat(answers)
                    .filteredOn(answer -> answer.state() == Future.State.SUCCESS)
                    .extracting(answer -> answer.resultNow().status())
                    .contains(204)
                    .isSubsetOf(204, 208);
        }
        assertThat(server.shaman.store().blob(key(large))).hasBinaryContent(large);
        nothingIsLeftBehind();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/files/da-checksum-is-long-enough-like-this/5",
                "/files/..%2f..%2f..%2fetc%2fpasswd-0000000000000000000/5",
                "/files/..aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/5",
                "/files/****************************************************************/5",
                "/files/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/5",
                "/files/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/-5",
                "/files/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/x",
                "/files/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/99999999999999999999",
                "/files/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa%00/5"
            })
    void hostile_address_is_refused_and_touches_nothing(String path) {
        for (String method : List.of("POST", "GET", "OPTIONS")) {
            assertThat(client.send(method, path.replace("*", "%2A"), CONTENT, PLAIN)
                            .status())
                    .isEqualTo(400);
        }
        nothingIsLeftBehind();
        assertThat(directory.resolve("file-store/stored")).isEmptyDirectory();
    }

    @Test
    void file_beyond_the_limit_is_refused() {
        assertThat(client.upload(new FileKey(KEY.checksum(), 1L << 40), CONTENT, PLAIN)
                        .status())
                .isEqualTo(413);
    }

    @Test
    void nothing_works_without_credentials() {
        Map<String, String> wrong = Map.of("Authorization", "Bearer not-the-token");

        for (String method : List.of("POST", "GET", "OPTIONS")) {
            assertThat(client.send(method, ShamanClient.path(KEY), CONTENT, wrong)
                            .status())
                    .isEqualTo(401);
        }
        assertThat(look(KEY)).isEqualTo(404);
    }

    @Test
    void stored_file_that_was_changed_on_the_disk_is_not_given_out() throws IOException {
        Path blob = StoreUnderTest.stored(server.shaman, "content", Duration.ZERO);
        Files.writeString(blob, "cont");

        assertThat(client.send("GET", ShamanClient.path(key("content")), NOTHING, PLAIN)
                        .status())
                .isEqualTo(500);
        assertThat(client.send("GET", ShamanClient.path(KEY), NOTHING, PLAIN).status())
                .isEqualTo(404);
    }

    @Test
    void uploads_are_counted_by_how_they_ended() {
        client.upload(KEY, CONTENT, PLAIN);
        client.upload(KEY, CONTENT, PLAIN);

        assertThat(count("stored")).isEqualTo(1);
        assertThat(count("already_stored")).isEqualTo(1);
        assertThat(server.registry
                        .get("flamenco.manager.shaman.stored.bytes")
                        .counter()
                        .count())
                .isEqualTo(CONTENT.length);
    }

    private double count(String outcome) {
        return server.registry
                .get("flamenco.manager.shaman.uploads")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private int look(FileKey key) {
        return client.send("OPTIONS", ShamanClient.path(key), NOTHING, PLAIN).status();
    }

    private void waitUntilSomebodySends(int count) {
        await().until(() -> server.shaman.live().count() == count
                && (count == 0 || server.shaman.store().status(KEY) == FileStatus.UPLOADING));
    }

    private void nothingIsLeftBehind() {
        await().untilAsserted(() ->
                assertThat(directory.resolve("file-store/uploading")).isEmptyDirectory());
    }

    private static String header(Answer answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
