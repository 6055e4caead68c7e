package io.flamenco.manager.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.login.TokenCheck.Expired;
import io.flamenco.manager.login.TokenCheck.Holds;
import io.flamenco.manager.login.TokenCheck.Refused;
import io.flamenco.manager.login.TokenCheck.Verdict;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.people.FarmRole;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class TokenCheckTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final ManagerId OURS = new ManagerId("5852bc5198377351f95d103e");
    private static final SigningServer SERVER = new SigningServer();

    private final TokenCheck check = new TokenCheck(OURS);

    private static JsonObject claims() {
        return new JsonObject()
                .put("aud", OURS.hex())
                .put("sub", "580f8c66983773759afdb20e")
                .put("iat", NOW.getEpochSecond() - 10.5)
                .put("exp", NOW.getEpochSecond() + 3600.25);
    }

    private Verdict of(JsonObject claims) {
        return check.of(SERVER.token(claims), SERVER.trusted(), NOW);
    }

    private void assertRefused(JsonObject claims, String why) {
        assertThat(of(claims))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).contains(why));
    }

    @Test
    void a_token_of_the_server_for_this_manager_holds_and_names_its_user() {
        assertThat(of(claims()))
                .isEqualTo(
                        new Holds(new Person("580f8c66983773759afdb20e", "580f8c66983773759afdb20e", FarmRole.ADMIN)));
        assertThat(of(claims().put("name", "Ada")
                        .put("roles", new JsonArray().add("artist").add("dancer"))))
                .isEqualTo(new Holds(new Person("580f8c66983773759afdb20e", "Ada", FarmRole.ARTIST)));
        assertThat(of(claims().put("roles", new JsonArray().add("dancer"))))
                .isEqualTo(
                        new Holds(new Person("580f8c66983773759afdb20e", "580f8c66983773759afdb20e", FarmRole.VIEWER)));
    }

    @Test
    void a_second_trusted_key_is_as_good_as_the_first() {
        TrustedKeys both = new SigningServer().trusted().and(SERVER.trusted());

        assertThat(check.of(SERVER.token(claims()), both, NOW)).isInstanceOf(Holds.class);
    }

    @Test
    void an_expired_token_is_told_from_a_wrong_one() {
        long before = NOW.getEpochSecond() - 600;

        assertThat(of(claims().put("exp", before))).isEqualTo(new Expired());
        assertThat(of(claims().put("exp", before).put("aud", "x"))).isEqualTo(new Expired());
        assertThat(of(claims().put("exp", NOW.getEpochSecond()))).isInstanceOf(Holds.class);
    }

    @Test
    void what_a_token_needs_is_demanded() {
        assertRefused(without("exp"), "never expires");
        assertRefused(without("aud"), "another Manager");
        assertRefused(claims().put("aud", ManagerId.next().hex()), "another Manager");
        assertRefused(without("sub"), "no user");
        assertRefused(claims().put("sub", 12), "no user");
        assertRefused(claims().put("nbf", NOW.getEpochSecond() + 31), "yet");
        assertRefused(claims().put("iat", NOW.getEpochSecond() + 31), "yet");
        assertThat(of(claims().put("iat", NOW.getEpochSecond() + 29))).isInstanceOf(Holds.class);
        assertThat(of(claims().put("aud", new JsonArray().add("x").add(OURS.hex()))))
                .isInstanceOf(Holds.class);
    }

    @Test
    void another_algorithm_or_signer_is_refused() {
        assertThat(check.of(SERVER.token("{\"alg\":\"HS256\"}", claims()), SERVER.trusted(), NOW))
                .isInstanceOf(Refused.class);
        assertThat(check.of(SERVER.token("{\"alg\":\"none\"}", claims()), SERVER.trusted(), NOW))
                .isInstanceOf(Refused.class);
        assertThat(check.of(new SigningServer().token(claims()), SERVER.trusted(), NOW))
                .isInstanceOf(Refused.class);
        assertThat(check.of(SERVER.token(claims()), TrustedKeys.NONE, NOW)).isInstanceOf(Refused.class);
    }

    @Property(tries = 200)
    void a_token_with_one_character_changed_never_holds(@ForAll @IntRange(min = 0, max = 10_000) int at) {
        StringBuilder token = new StringBuilder(SERVER.token(claims()));
        int place = at % (token.length() - 2);
        token.setCharAt(place, token.charAt(place) == 'A' ? 'B' : 'A');

        assertThat(new TokenCheck(OURS).of(token.toString(), SERVER.trusted(), NOW))
                .isInstanceOf(Refused.class);
    }

    @Property(tries = 300)
    void any_text_at_all_gets_a_verdict(@ForAll @StringLength(max = 300) String text) {
        assertThat(new TokenCheck(OURS).of(text, SERVER.trusted(), NOW)).isInstanceOf(Refused.class);
    }

    @Property(tries = 200, seed = "20261122")
    void whatever_the_server_signs_gets_a_verdict(
            @ForAll("names") String claim, @ForAll("odd") Object odd, @ForAll("names") String other) {
        JsonObject claims = claims().put(claim, odd).put(other, new JsonArray().add(odd));

        assertThat(new TokenCheck(OURS).of(SERVER.token(claims), SERVER.trusted(), NOW))
                .isNotNull();
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("aud", "sub", "exp", "iat", "nbf", "name", "roles", "\0");
    }

    @Provide
    Arbitrary<Object> odd() {
        return Arbitraries.of(
                "",
                "x",
                "\ud83d",
                -1,
                0.5,
                1e300,
                Long.MAX_VALUE,
                true,
                new JsonObject().put("a", "b"),
                new JsonArray());
    }

    @Test
    void keys_are_found_between_other_text_and_other_blocks() {
        String pem = "hello\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n" + SERVER.publicPem()
                + "\n\ngarbage";

        assertThat(TrustedKeys.parse(pem).keys()).hasSize(1);
        assertThat(TrustedKeys.parse("<html>no key</html>").keys()).isEmpty();
        assertThat(TrustedKeys.parse("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")
                        .keys())
                .isEmpty();
    }

    @Test
    void the_proof_for_the_server_is_that_of_the_protocol() {
        LinkProof proof = LinkProof.at(Instant.parse("2019-06-01T12:00:00.5Z"), OURS, "SRVexampleSecretToken");

        assertThat(proof)
                .isEqualTo(new LinkProof(
                        "2019-06-01T12:00:30Z", "bcb5e855483724b2d92dcfd53f9b9ff5e0f4f2cca589a1d5eb739b4129313f6d"));
    }

    private static JsonObject without(String claim) {
        JsonObject claims = claims();
        claims.remove(claim);
        return claims;
    }
}
