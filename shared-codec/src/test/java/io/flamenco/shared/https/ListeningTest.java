package io.flamenco.shared.https;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.shared.config.ConfigurationException;
import io.flamenco.shared.config.Settings;
import io.flamenco.shared.https.CertificateSource.Acme;
import io.flamenco.shared.https.CertificateSource.OwnFiles;
import io.flamenco.shared.https.CertificateSource.SelfSigned;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListeningTest {

    private static Listening read(String... keysAndValues) {
        JsonObject yaml = new JsonObject();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            yaml.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        Settings settings = new Settings("test.yaml", yaml, Map.of(), "TEST_");
        Listening listening = Listening.read(settings, ":8080", ":8443");
        settings.finish();
        return listening;
    }

    @Test
    void without_a_certificate_plain_http_is_spoken() {
        Listening listening = read();

        assertThat(listening.address().port()).isEqualTo(8080);
        assertThat(listening.scheme()).isEqualTo("http");
        assertThat(listening.hsts()).isFalse();
    }

    @Test
    void the_certificate_comes_from_files_from_an_authority_or_from_the_role_itself() {
        assertThat(read("tlscert", "chain.pem", "tlskey", "key.pem").certificate())
                .contains(new OwnFiles(Path.of("chain.pem"), Path.of("key.pem")));
        assertThat(read("tls", "self-signed", "tls_names", "farm").certificate())
                .contains(new SelfSigned(List.of("farm")));
        assertThat(read("acme_domain_name", "farm.studio.example", "acme_email", "it@studio.example")
                        .certificate())
                .contains(new Acme(
                        "farm.studio.example",
                        URI.create("https://acme-v02.api.letsencrypt.org/directory"),
                        Optional.of("it@studio.example")));
    }

    @Test
    void the_authority_is_lets_encrypt_or_its_trial_or_any_other() {
        assertThat(directory("letsencrypt-staging")).contains("acme-staging-v02.api.letsencrypt.org");
        assertThat(directory("https://ca.studio:9000/acme/directory"))
                .isEqualTo("https://ca.studio:9000/acme/directory");
    }

    private static String directory(String written) {
        Listening listening = read("acme_domain_name", "farm.studio.example", "acme_directory", written);
        return ((Acme) listening.certificate().orElseThrow()).directory().toString();
    }

    @Test
    void browsers_are_told_to_remember_https_when_an_authority_vouches_for_it_or_when_people_say_so() {
        assertThat(read("acme_domain_name", "farm.studio.example").hsts()).isTrue();
        assertThat(read("acme_domain_name", "farm.studio.example", "acme_directory", "letsencrypt-staging")
                        .hsts())
                .isFalse();
        assertThat(read("tls", "self-signed").hsts()).isFalse();
        assertThat(read("tls", "self-signed", "hsts", "true").hsts()).isTrue();
    }

    @Test
    void a_url_of_ones_own_goes_over_to_https_and_to_its_port() {
        assertThat(read("tls", "self-signed", "own_url", "http://farm.studio:8080/")
                        .ownUrl())
                .contains(URI.create("https://farm.studio:8443/"));
        assertThat(read("tls", "self-signed", "own_url", "http://farm.studio/").ownUrl())
                .contains(URI.create("https://farm.studio/"));
        assertThat(read("own_url", "http://farm.studio:8080/").ownUrl())
                .contains(URI.create("http://farm.studio:8080/"));
    }

    @Test
    void who_has_a_certificate_of_an_authority_is_reached_by_its_name() {
        assertThat(read("acme_domain_name", "farm.studio.example").ownUrl())
                .contains(URI.create("https://farm.studio.example/"));
        assertThat(read("acme_domain_name", "farm.studio.example", "listen", ":80")
                        .ownUrl())
                .contains(URI.create("https://farm.studio.example:8443/"));
    }

    @ParameterizedTest
    @CsvSource({
        "tlskey,    key.pem,             , ,                   tlscert must be given as well",
        "tlscert,   chain.pem,           , ,                   tlskey must be given as well",
        "tls,       yes,                 , ,                   tls must be one of",
        "acme_domain_name, localhost,    , ,                   acme_domain_name must be a host name",
        "acme_domain_name, farm.example, tls, self-signed,     tls must be left out",
        "acme_domain_name, farm.example, http_redirect, false, http_redirect must be true",
        "listen,    8080,                , ,                   listen must be an address"
    })
    void what_is_wrong_is_refused_with_a_sentence(
            String key, String value, String otherKey, String otherValue, String sentence) {
        assertThatThrownBy(() -> {
                    if (otherKey == null) {
                        read(key, value);
                    } else {
                        read(key, value, otherKey, otherValue);
                    }
                })
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(sentence);
    }
}
