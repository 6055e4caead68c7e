package io.flamenco.worker.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Anybody on the network may answer a search with anything. */
class SearchAnswerPropertyTest {

    @Property(tries = 300)
    void any_datagram_names_a_manager_or_nothing(@ForAll("datagrams") String datagram) {
        SearchAnswer.location(datagram).ifPresent(url -> {
            assertThat(url.getScheme()).isIn("http", "https");
            assertThat(url.getHost()).isNotEmpty();
        });
    }

    @Property(tries = 100)
    void any_bytes_are_none(@ForAll String noise) {
        assertThat(SearchAnswer.location(noise)).isEmpty();
    }

    @Provide
    Arbitrary<String> datagrams() {
        return Arbitraries.of(List.of(
                        "HTTP/1.1 200 OK",
                        "HTTP/1.1 404 Not Found",
                        "\r\n",
                        "\n",
                        "ST:",
                        "st: ",
                        "urn:flamenco:manager:0",
                        "LOCATION:",
                        "Location: ",
                        "http://10.0.0.1:8080/",
                        "http://",
                        "ftp://x/",
                        "javascript:x",
                        "://",
                        "%",
                        ":",
                        " ",
                        "é",
                        "\u0000"))
                .list()
                .ofMaxSize(20)
                .map(parts -> "HTTP/1.1 200 OK\r\nST: urn:flamenco:manager:0\r\n" + String.join("", parts));
    }
}
