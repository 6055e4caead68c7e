package io.flamenco.manager.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.shared.http.ListenAddress;
import io.flamenco.shared.https.Listening;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnUrlsTest {

    private static final ListenAddress ALL = new ListenAddress("0.0.0.0", 8080);

    private static List<InetAddress> addresses(String... literals) {
        return Arrays.stream(literals).map(OwnUrlsTest::literal).toList();
    }

    private static InetAddress literal(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> candidates(ListenAddress listen, String... literals) {
        return OwnUrls.candidates("http", listen, 8080, addresses(literals)).stream()
                .map(URI::toString)
                .toList();
    }

    @Test
    void each_address_that_others_reach_gives_a_url_and_the_short_ones_come_first() {
        assertThat(candidates(ALL, "127.0.0.1", "::1", "2001:db8::5", "192.168.1.5", "0.0.0.0", "224.0.0.1"))
                .containsExactly("http://192.168.1.5:8080/", "http://[2001:db8:0:0:0:0:0:5]:8080/");
    }

    @Test
    void addresses_of_the_same_cable_count_only_when_there_is_no_other() {
        assertThat(candidates(ALL, "fe80::1", "10.0.0.2")).containsExactly("http://10.0.0.2:8080/");
        assertThat(candidates(ALL, "127.0.0.1", "169.254.3.4")).containsExactly("http://169.254.3.4:8080/");
    }

    @Test
    void host_to_listen_on_is_the_only_one_and_gets_brackets_when_it_needs_them() {
        assertThat(candidates(new ListenAddress("render.studio", 8080), "10.0.0.2"))
                .containsExactly("http://render.studio:8080/");
        assertThat(candidates(new ListenAddress("::1", 8080), "10.0.0.2")).containsExactly("http://[::1]:8080/");
    }

    @Test
    void a_machine_without_network_is_reached_by_itself() {
        assertThat(candidates(ALL)).containsExactly("http://localhost:8080/");
    }

    @Test
    void the_configured_url_wins() {
        URI own = URI.create("https://flamenco.studio.example/");
        Listening listening = new Listening(ALL, ALL, Optional.of(own), Optional.empty(), false, false);

        assertThat(OwnUrls.of(listening, 8080, addresses("10.0.0.2"))).containsExactly(own);
    }
}
