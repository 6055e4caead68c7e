package io.flamenco.shared.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

    @Test
    void basic_credentials_end_the_user_at_the_first_colon() {
        assertThat(Credentials.basic("Basic dXNlcjpwYTpzcw==")).contains(new Credentials.Basic("user", "pa:ss"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Basic", "basic dXNlcjpwYXNz", "Basic !!!", "Basic dXNlcg==", "Bearer abc"})
    void what_is_no_basic_header_gives_nothing(String header) {
        assertThat(Credentials.basic(header)).isEmpty();
    }

    @Test
    void a_password_is_never_shown() {
        assertThat(new Credentials.Basic("user", "hunter2").toString()).doesNotContain("hunter2");
    }

    @Test
    void the_case_of_the_bearer_scheme_does_not_matter() {
        assertThat(Credentials.bearer("bearer abc")).contains("abc");
        assertThat(Credentials.bearer("Bearer ")).isEmpty();
        assertThat(Credentials.bearer("Basic abc")).isEmpty();
    }
}
