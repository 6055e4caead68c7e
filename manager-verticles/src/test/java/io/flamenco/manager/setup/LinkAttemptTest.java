package io.flamenco.manager.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** With the numbers of the protocol's description. */
class LinkAttemptTest {

    private static final String ID = "5cebe1fa0123456789abcdef";
    private static final String MANAGER = "5852bc5198377351f95d103e";
    private static final LinkKey KEY =
            new LinkKey(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));

    private final LinkAttempt attempt = new LinkAttempt(
            URI.create("https://server.example/prefix/"), KEY, ID, URI.create("http://192.168.3.108:8080/"));

    @Test
    void the_person_is_sent_to_the_server_with_a_proof() {
        assertThat(attempt.chooseAt())
                .hasToString("https://server.example/flamenco/managers/link/choose"
                        + "?hmac=17b6a0301c48475373f4c70b8faa5002ef609791872046e47477c84e94f93b03&identifier=" + ID
                        + "&return=http%3A%2F%2F192.168.3.108%3A8080%2Fsetup%2Flink-return");
    }

    @Test
    void only_the_server_can_send_the_person_back() {
        String proof = "7a177babd0ec497eead37c5c96a8583a7615cf6f2c25b90c029437d3bc9a4633";

        assertThat(attempt.chose(MANAGER, proof)).isTrue();
        assertThat(attempt.chose("5852bc5198377351f95d103f", proof)).isFalse();
        assertThat(attempt.chose(MANAGER, "")).isFalse();
        assertThat(attempt.chose(MANAGER, "no hexadecimal digits")).isFalse();
    }

    @Test
    void a_new_secret_is_asked_for_with_a_proof() {
        assertThat(attempt.resetRequest(MANAGER, "0".repeat(64)).getString("hmac"))
                .isEqualTo("99ff87ed7d05294bd55ac58f1d3ebeb8b70af3117e161a873998c41e1bf8ce56");
    }

    @Test
    void each_key_has_32_bytes_of_its_own() {
        assertThat(LinkKey.random().hex())
                .hasSize(64)
                .isNotEqualTo(LinkKey.random().hex());
    }
}
