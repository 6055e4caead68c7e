package io.flamenco.worker.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.datagram.DatagramSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManagerDiscoveryTest {

    private static final String ANSWER = String.join(
            "\r\n",
            "HTTP/1.1 200 OK",
            "LOCATION: http://manager:8083/",
            "ST: urn:flamenco:manager:0",
            "USN: uuid:1::urn:flamenco:manager:0",
            "",
            "");

    private final Vertx vertx = Vertx.vertx();
    private final List<String> questions = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        done(vertx.close());
    }

    @Test
    void the_first_manager_that_answers_is_taken() throws Exception {
        int port = somebodyWhoAnswers(
                "HTTP/1.1 200 OK\r\nLOCATION: http://router/\r\nST: upnp:rootdevice\r\n\r\n", ANSWER);

        URI found = done(discovery(port, Duration.ofSeconds(10)).find());

        assertThat(found).isEqualTo(URI.create("http://manager:8083/"));
        assertThat(questions.getFirst())
                .startsWith("M-SEARCH * HTTP/1.1\r\n")
                .contains("\r\nST: urn:flamenco:manager:0\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void nobody_answering_is_told_with_the_remedy() throws Exception {
        int port = somebodyWhoAnswers();

        assertThatThrownBy(() -> done(discovery(port, Duration.ofMillis(20)).find()))
                .hasMessageContaining("No Manager answers on the local network")
                .hasMessageContaining("manager_url");
        await().until(() -> questions.size() > 2);
    }

    @Test
    void answers_that_are_none_of_a_manager_are_ignored() {
        assertThat(SearchAnswer.location(ANSWER)).contains(URI.create("http://manager:8083/"));
        assertThat(SearchAnswer.location(ANSWER.replace("200", "404"))).isEmpty();
        assertThat(SearchAnswer.location(ANSWER.replace("http:", "ftp:"))).isEmpty();
        assertThat(SearchAnswer.location(ANSWER.replace("LOCATION", "X"))).isEmpty();
        assertThat(SearchAnswer.location(ANSWER.replace("http://manager:8083/", "http://")))
                .isEmpty();
        assertThat(SearchAnswer.location("garbage")).isEmpty();
        assertThat(SearchAnswer.location("HTTP/1.1 200 OK\r\n" + "x".repeat(5000)))
                .isEmpty();
    }

    private ManagerDiscovery discovery(int port, Duration perRound) {
        return new ManagerDiscovery(vertx, List.of(new ManagerDiscovery.Group("127.0.0.1", port, false)), perRound);
    }

    private int somebodyWhoAnswers(String... answers) throws Exception {
        DatagramSocket socket = vertx.createDatagramSocket();
        socket.handler(packet -> {
            questions.add(packet.data().toString());
            for (String answer : answers) {
                socket.send(answer, packet.sender().port(), packet.sender().host());
            }
        });
        return done(socket.listen(0, "127.0.0.1")).localAddress().port();
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
