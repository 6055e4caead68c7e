package io.flamenco.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.shared.config.ConfigurationException;
import io.flamenco.shared.http.ListenAddress;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerConfigTest {

    private static ServerConfig read(JsonObject yaml) {
        return ServerConfig.read("server.yaml", yaml, Path.of("data"), Map.of());
    }

    @Test
    void an_empty_file_gives_a_server_that_can_start() {
        ServerConfig config = read(new JsonObject());

        assertThat(config.listening().listen()).isEqualTo(new ListenAddress("0.0.0.0", 8090));
        assertThat(config.databaseUrl()).isEmpty();
        assertThat(config.allowExecCommand()).isFalse();
    }

    @Test
    void managers_are_read_and_never_show_their_secret() {
        JsonObject manager = new JsonObject()
                .put("id", "5C0100000000000000000002")
                .put("name", "basement")
                .put("secret", "a-secret-of-some-length");

        ServerConfig config = read(new JsonObject().put("managers", new JsonArray().add(manager)));

        assertThat(config.managers()).singleElement().satisfies(entry -> {
            assertThat(entry.id().hex()).isEqualTo("5c0100000000000000000002");
            assertThat(entry.secret()).isEqualTo("a-secret-of-some-length");
            assertThat(entry.toString()).doesNotContain("a-secret");
        });
    }

    @Test
    void all_problems_are_named_at_once() {
        JsonObject manager = new JsonObject().put("id", "x").put("secret", "short");
        JsonObject yaml = new JsonObject()
                .put("listen", "everywhere")
                .put("serverr_name", "x")
                .put("managers", new JsonArray().add(manager));

        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("listen must be an address")
                .hasMessageContaining("managers[0].id must be 24 hexadecimal digits")
                .hasMessageContaining("did you mean \"server_name\"?");
    }

    private static JsonObject manager(String id, String name, String secret) {
        return new JsonObject().put("id", id).put("name", name).put("secret", secret);
    }

    @Test
    void managers_that_cannot_be_told_apart_are_refused_with_both_names_and_the_remedy() {
        JsonArray managers = new JsonArray()
                .add(manager("5c0100000000000000000002", "Attic", "a-secret-of-some-length"))
                .add(manager("5c0100000000000000000003", "Basement", "a-secret-of-some-length"))
                .add(manager("5C0100000000000000000002", "Attic", "another-secret-of-that-length"));

        assertThatThrownBy(() -> read(new JsonObject().put("managers", managers)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "managers[1].secret of \"Basement\" (managers[1]) is also that of \"Attic\" (managers[0])")
                .hasMessageContaining("give each one of its own, such as from: openssl rand -hex 32")
                .hasMessageContaining("managers[2].id is also that of \"Attic\" (managers[0]); remove one of them")
                .hasMessageContaining(
                        "managers[2].name \"Attic\" is also that of \"Attic\" (managers[0]); give each a name")
                .hasMessageNotContaining("a-secret-of-some-length");
    }

    @Test
    void a_listen_address_may_name_a_host_or_an_ipv6_address() {
        assertThat(ListenAddress.parse("farm:80")).contains(new ListenAddress("farm", 80));
        assertThat(ListenAddress.parse("[::1]:0")).contains(new ListenAddress("::1", 0));
        assertThat(ListenAddress.parse(":70000")).isEmpty();
        assertThat(ListenAddress.parse("8090")).isEmpty();
    }
}
