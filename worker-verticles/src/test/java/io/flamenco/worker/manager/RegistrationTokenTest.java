package io.flamenco.worker.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class RegistrationTokenTest {

    @Test
    void a_token_is_valid_for_a_quarter_of_an_hour_and_has_no_other_claims() {
        String token = RegistrationToken.sign("samen", Instant.parse("2026-11-22T00:00:00.250Z"));

        String[] parts = token.split("\\.", -1);
        assertThat(parts).hasSize(3);
        assertThat(json(parts[0]))
                .isEqualTo(new JsonObject().put("alg", "HS256").put("typ", "JWT"));
        JsonObject claims = json(parts[1]);
        assertThat(claims.fieldNames()).containsExactlyInAnyOrder("exp", "iat");
        assertThat(claims.getDouble("iat")).isEqualTo(1795305600.250);
        assertThat(claims.getDouble("exp") - claims.getDouble("iat")).isEqualTo(900);
    }

    @Test
    void another_secret_signs_otherwise() {
        Instant now = Instant.parse("2026-11-22T00:00:00Z");

        assertThat(RegistrationToken.sign("one", now)).isNotEqualTo(RegistrationToken.sign("other", now));
    }

    private static JsonObject json(String part) {
        return new JsonObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }
}
