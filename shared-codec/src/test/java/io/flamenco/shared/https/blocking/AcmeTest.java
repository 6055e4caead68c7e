package io.flamenco.shared.https.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.shared.http.ListenAddress;
import io.flamenco.shared.https.CertificateSource.Acme;
import io.flamenco.shared.https.Challenges;
import io.flamenco.shared.https.KeyAndChain;
import io.flamenco.shared.https.RedirectVerticle;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How certificates come from an ACME authority, stay valid, and what happens when they can't be had. */
class AcmeTest {

    private static final String DOMAIN = "farm.studio.example";
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final Challenges challenges = new Challenges();
    private volatile Instant now = START;

    @SuppressWarnings("NullAway.Init")
    private AcmeAuthority authority;

    @BeforeEach
    void listen() throws Exception {
        authority = new AcmeAuthority(vertx, () -> now);
        RedirectVerticle plain = new RedirectVerticle(
                "Manager",
                new ListenAddress("127.0.0.1", 0),
                challenges,
                Optional.empty(),
                () -> 8443,
                port -> authority.portOfHost = port);
        vertx.deployVerticle(plain).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        authority.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    /** As after a start of the role: it remembers nothing but its files. */
    private AcmeKeeper keeper() {
        return new AcmeKeeper(new Acme(DOMAIN, authority.directory(), Optional.empty()), challenges, directory);
    }

    private Optional<KeyAndChain> after(Duration time) throws IOException {
        now = now.plus(time);
        return keeper().newer(now);
    }

    @Test
    void the_first_certificate_replaces_the_stopgap_and_each_is_renewed_when_a_third_of_its_life_is_left()
            throws Exception {
        KeyAndChain stopgap = keeper().first(now);
        assertThat(stopgap.chain()).hasSize(1);

        KeyAndChain first = after(Duration.ZERO).orElseThrow();
        assertThat(first.chain()).hasSize(2);
        assertThat(first.names()).containsExactly(DOMAIN);
        assertThat(first.belongTogether()).isTrue();
        assertThat(keeper().first(now).own()).as("kept over a restart").isEqualTo(first.own());

        assertThat(after(Duration.ofDays(59))).isEmpty();
        KeyAndChain second = after(Duration.ofDays(2)).orElseThrow();
        assertThat(second.expires()).isEqualTo(now.plus(AcmeAuthority.LIFE));
        assertThat(second.fingerprint()).as("the key stays").isEqualTo(first.fingerprint());
        assertThat(authority.heard).filteredOn("new-order"::equals).hasSize(2);
        try (var files = Files.walk(directory).filter(Files::isRegularFile)) {
            assertThat(files)
                    .hasSize(4)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void a_host_that_does_not_answer_is_said_so_and_asked_about_less_and_less_often() throws Exception {
        int real = authority.portOfHost;
        authority.portOfHost = 1;

        assertThatThrownBy(() -> after(Duration.ZERO))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("could not see that " + DOMAIN + " is this machine (the host does not answer)")
                .hasMessageContaining("port 80 must lead to where listen says")
                .hasMessageContaining("asked again after 2026-03-01T12:15:00Z");
        assertThat(after(Duration.ofMinutes(14))).isEmpty();
        assertThatThrownBy(() -> after(Duration.ofMinutes(2))).hasMessageContaining("after 2026-03-01T12:46:00Z");
        assertThat(authority.heard).filteredOn("new-order"::equals).hasSize(2);

        authority.portOfHost = real;
        assertThat(after(Duration.ofMinutes(31))).isPresent();
    }

    @Test
    void an_authority_that_is_asked_too_often_is_left_alone_as_long_as_it_wants() throws Exception {
        authority.rateLimited = true;
        Instant asked = Instant.now().plusSeconds(3600);

        assertThatThrownBy(() -> after(Duration.between(now, asked.minusSeconds(3600))))
                .hasMessageContaining("too many certificates already issued");
        authority.rateLimited = false;
        assertThat(after(Duration.ofMinutes(55))).isEmpty();
        assertThat(authority.heard).filteredOn("new-order"::equals).hasSize(1);
        assertThat(after(Duration.ofMinutes(10))).isPresent();
    }

    @Test
    void an_order_that_a_restart_interrupted_is_resumed() throws Exception {
        authority.brokenDown = true;
        assertThatThrownBy(() -> after(Duration.ZERO)).hasMessageContaining("the signer is out of order");

        authority.brokenDown = false;
        assertThat(after(Duration.ofMinutes(20))).isPresent();

        assertThat(authority.heard)
                .as("one order, one proof, two requests to sign")
                .containsSubsequence(List.of("new-order", "challenge/1", "finalize/1", "finalize/1"));
        assertThat(authority.heard).filteredOn("new-order"::equals).hasSize(1);
        assertThat(authority.heard).filteredOn("challenge/1"::equals).hasSize(1);
    }
}
