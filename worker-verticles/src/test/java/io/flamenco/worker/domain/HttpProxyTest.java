package io.flamenco.worker.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProxyTest {

    private static final URI MANAGER = URI.create("http://manager.studio:8080/");
    private static final URI SECURE = URI.create("https://manager.studio/");

    @Test
    void without_variables_there_is_no_proxy() {
        assertThat(HttpProxy.to(MANAGER, Map.of("http_proxy", ""))).isEmpty();
    }

    @Test
    void the_variable_is_chosen_by_the_scheme_of_the_manager() {
        Map<String, String> environment = Map.of("http_proxy", "http://plain:1", "https_proxy", "http://secure:2");

        assertThat(HttpProxy.to(MANAGER, environment)).contains(http("plain", 1));
        assertThat(HttpProxy.to(SECURE, environment)).contains(http("secure", 2));
    }

    @Test
    void lower_case_wins_and_all_proxy_is_the_last_resort() {
        assertThat(HttpProxy.to(MANAGER, Map.of("HTTP_PROXY", "http://upper:1", "http_proxy", "http://lower:2")))
                .contains(http("lower", 2));
        assertThat(HttpProxy.to(SECURE, Map.of("http_proxy", "http://plain:1", "ALL_PROXY", "socks5://any")))
                .contains(new HttpProxy("any", 1080, true, Optional.empty()));
    }

    @Test
    void a_proxy_may_want_a_login_and_do_without_a_scheme() {
        assertThat(HttpProxy.to(MANAGER, Map.of("http_proxy", "http://suzanne:monkey@proxy:3128/")))
                .contains(new HttpProxy("proxy", 3128, false, Optional.of("suzanne:monkey")));
        assertThat(HttpProxy.to(MANAGER, Map.of("http_proxy", "proxy:8888"))).contains(http("proxy", 8888));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "http://manager.studio:8080/; *; true",
                "http://manager.studio:8080/; a,manager.studio; true",
                "http://manager.studio:8080/; .studio; true",
                "http://manager.studio:8080/; *.studio; true",
                "http://manager.studio:8080/; MANAGER.studio:8080; true",
                "http://manager.studio:8080/; manager.studio:8081; false",
                "http://manager.studio:8080/; ager.studio; false",
                "http://10.1.2.3:8080/; 10.0.0.0/8; true",
                "http://11.1.2.3:8080/; 10.0.0.0/8; false",
                "http://11.1.2.3:8080/; 0.0.0.0/0; true",
                "http://10.1.2.3:8080/; 10.1.2.3; true",
                "http://localhost:8080/; ''; true",
                "http://127.0.0.1:8080/; ''; true",
                "http://[::1]:8080/; ''; true",
                "http://127.0.0.1.example/; ''; false"
            })
    void some_hosts_are_reached_directly(String manager, String exempt, boolean direct) {
        Map<String, String> environment = Map.of("http_proxy", "http://proxy:1", "no_proxy", exempt);

        assertThat(HttpProxy.to(URI.create(manager), environment).isEmpty()).isEqualTo(direct);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://", "ftp://proxy:1", "http://a b", ":::", "http://secret:word@"})
    void what_is_no_proxy_is_refused_without_showing_it(String value) {
        assertThatThrownBy(() -> HttpProxy.to(MANAGER, Map.of("http_proxy", value)))
                .hasMessageContaining("The environment variable http_proxy names no proxy")
                .hasMessageNotContaining("word");
    }

    private static HttpProxy http(String host, int port) {
        return new HttpProxy(host, port, false, Optional.empty());
    }
}
