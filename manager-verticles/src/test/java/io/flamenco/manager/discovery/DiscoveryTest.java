package io.flamenco.manager.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.manager.discovery.DiscoveryVerticle.DiscoverySettings;
import io.flamenco.shared.time.TickedTime;
import io.vertx.core.Vertx;
import io.vertx.core.datagram.DatagramSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class DiscoveryTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String UUID = "7401c189-ef69-434b-b4d8-56d00075faf5";
    private static final String SERVICE = "urn:flamenco:manager:0";
    private final Advertisement ours = new Advertisement(UUID, "http://10.0.0.1:8080/");

    @Test
    void worker_that_searches_gets_the_url_in_one_small_datagram() {
        Optional<String> answer = answerTo(search(SERVICE));

        assertThat(answer).hasValueSatisfying(text -> {
            assertThat(text).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n");
            assertThat(text).contains("\r\nLOCATION: http://10.0.0.1:8080/\r\n");
            assertThat(text).contains("\r\nST: urn:flamenco:manager:0\r\n");
            assertThat(text).contains("\r\nUSN: uuid:" + UUID + "::urn:flamenco:manager:0\r\n");
            assertThat(text).contains("\r\nDATE: Sun, 22 Nov 2026 12:00:00 GMT\r\n");
            assertThat(text.length()).isLessThan(1024);
        });
    }

    @Test
    void search_for_everything_or_for_this_very_device_is_answered_too() {
        assertThat(answerTo(search("ssdp:all"))).isPresent();
        assertThat(answerTo(search("uuid:" + UUID))).isPresent();
        assertThat(answerTo(search(UUID))).isPresent();
    }

    @Test
    void other_searches_incomplete_ones_and_noise_are_ignored() {
        for (String datagram : List.of(
                search("urn:schemas-upnp-org:device:MediaServer:1"),
                search(SERVICE).replace("MX: 3\r\n", ""),
                search(SERVICE).replace("MAN: \"ssdp:discover\"\r\n", ""),
                search(SERVICE).replace("M-SEARCH *", "M-SEARCH /x"),
                search(SERVICE).replace("M-SEARCH", "NOTIFY"),
                "",
                "\r\n",
                ":::\r\n:\r\n")) {
            assertThat(answerTo(datagram)).as(datagram).isEmpty();
        }
    }

    @Test
    void announcement_names_the_url_and_the_goodbye_does_not() {
        assertThat(ours.alive()).contains("NTS: ssdp:alive", "LOCATION: http://10.0.0.1:8080/", "max-age=3600");
        assertThat(ours.goodbye()).contains("NTS: ssdp:byebye").doesNotContain("LOCATION");
    }

    @Test
    void verticle_answers_a_search_over_the_network() throws IOException {
        String answer = answerOver(Optional.of(URI.create("http://manager.studio:8080/")), "http://localhost:1/");

        assertThat(answer).contains("LOCATION: http://manager.studio:8080/");
    }

    @Test
    void manager_without_a_url_of_its_own_tells_where_it_listens_and_whether_that_is_encrypted() throws IOException {
        assertThat(answerOver(Optional.empty(), "https://localhost:8443/"))
                .containsPattern("LOCATION: https://[^:/]+:8443/");
        assertThat(answerOver(Optional.empty(), "http://10.9.0.2:8080/")).contains("LOCATION: http://10.9.0.2:8080/");
    }

    /** What a Worker hears over the network from a Manager with that URL of its own, which listens there. */
    private static String answerOver(Optional<URI> ownUrl, String local) throws IOException {
        Vertx vertx = Vertx.vertx();
        int port = listenAtFreePort(vertx, ownUrl, local);
        List<String> heard = new CopyOnWriteArrayList<>();
        DatagramSocket worker =
                vertx.createDatagramSocket().listen(0, "127.0.0.1").await();
        worker.handler(datagram -> heard.add(datagram.data().toString()));

        worker.send(search(SERVICE), port, "127.0.0.1").await();

        await().untilAsserted(() -> assertThat(heard).hasSize(1));
        vertx.close().await();
        return heard.getFirst();
    }

    /** The port is given up only once the verticle shares it, so that nobody else comes in between. */
    private static int listenAtFreePort(Vertx vertx, Optional<URI> ownUrl, String local) throws IOException {
        try (java.net.DatagramSocket free = new java.net.DatagramSocket(null)) {
            free.setReuseAddress(true);
            free.bind(new InetSocketAddress(0));
            vertx.deployVerticle(new DiscoveryVerticle(
                            vertx,
                            new TickedTime(NOON),
                            new TickedTime(NOON),
                            new DiscoverySettings(UUID, ownUrl, () -> URI.create(local), free.getLocalPort())))
                    .await();
            return free.getLocalPort();
        }
    }

    private Optional<String> answerTo(String datagram) {
        return ours.answerTo(datagram.getBytes(StandardCharsets.UTF_8), NOON);
    }

    private static String search(String target) {
        return "M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 3\r\nst: " + target
                + "\r\n\r\n";
    }
}
