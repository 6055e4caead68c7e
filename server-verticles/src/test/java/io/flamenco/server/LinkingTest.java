package io.flamenco.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.server.token.LinkMac;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkingTest {

    private static final byte[] KEY =
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final String RETURN = "http://manager.local:8083/setup/link-return";

    private final FarmOfOne farm;

    LinkingTest(@TempDir Path data) throws Exception {
        this.farm = FarmOfOne.in(data);
    }

    @AfterEach
    void close() throws Exception {
        farm.close();
    }

    private String exchange() throws Exception {
        JsonObject key = new JsonObject().put("key", HexFormat.of().formatHex(KEY));
        HttpResponse<String> answer = farm.call("POST", "/api/flamenco/managers/link/exchange", key.encode());
        return new JsonObject(answer.body()).getString("identifier");
    }

    private String page(String identifier) {
        String hmac = LinkMac.of(KEY, identifier + "-" + RETURN);
        return "/flamenco/managers/link/choose?identifier=" + identifier + "&hmac=" + hmac + "&return="
                + URLEncoder.encode(RETURN, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> choose(String identifier, String manager, String... headers) throws Exception {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/x-www-form-urlencoded";
        return farm.call("POST", page(identifier), "manager-id=" + manager + "&manager-name=Basement", all);
    }

    private HttpResponse<String> reset(String identifier, String manager, String hmac) throws Exception {
        JsonObject body = new JsonObject()
                .put("manager_id", manager)
                .put("identifier", identifier)
                .put("padding", "ab".repeat(32))
                .put("hmac", hmac);
        return farm.call("POST", "/api/flamenco/managers/link/reset-token", body.encode());
    }

    @Test
    void proofs_are_those_of_the_protocol() {
        String identifier = "5c0100000000000000000001";
        String manager = "5c0100000000000000000002";

        assertThat(LinkMac.of(KEY, identifier + "-" + RETURN))
                .isEqualTo("2bceb1f0db9ac631097db21b7540178a8adcdff82b29404c83bc1fc660cf9f23");
        assertThat(LinkMac.of(KEY, identifier + "-" + manager))
                .isEqualTo("5a69d5e4e645ea591ae627124f6338699f1da9bcd85439062893b174a6f2b2d8");
        assertThat(LinkMac.of(KEY, "ab".repeat(32) + "-" + identifier + "-" + manager))
                .isEqualTo("ab58267bbcd61e61a78efcc0c0f5454b14d24256e07e77a787456f32e1e213ba");
    }

    @Test
    void a_manager_is_linked_and_its_old_token_is_worth_nothing() throws Exception {
        String identifier = exchange();
        HttpResponse<String> stranger = farm.get(page(identifier));
        assertThat(stranger.statusCode()).isEqualTo(303);
        assertThat(stranger.headers().firstValue("location"))
                .hasValueSatisfying(to -> assertThat(to).startsWith("/login?next=%2Fflamenco%2Fmanagers%2Flink"));
        assertThat(farm.get(page(identifier), farm.asUser()).body())
                .contains("<form method=\"post\">")
                .contains("Manager 2");

        HttpResponse<String> chosen = choose(identifier, FarmOfOne.MANAGER, farm.asUser());

        assertThat(chosen.statusCode()).isEqualTo(307);
        assertThat(chosen.headers().firstValue("location"))
                .contains(RETURN + "?hmac=" + LinkMac.of(KEY, identifier + "-" + FarmOfOne.MANAGER) + "&oid="
                        + FarmOfOne.MANAGER);
        String proof = LinkMac.of(KEY, "ab".repeat(32) + "-" + identifier + "-" + FarmOfOne.MANAGER);
        assertThat(reset(identifier, FarmOfOne.MANAGER, "00").statusCode()).isEqualTo(400);
        HttpResponse<String> reset = reset(identifier, FarmOfOne.MANAGER, proof);
        String token = new JsonObject(reset.body()).getString("token");
        assertThat(token).startsWith("SRV");
        assertThat(new JsonObject(reset.body()).getString("expire_time")).endsWith("GMT");
        String own = "/api/flamenco/managers/" + FarmOfOne.MANAGER;
        assertThat(farm.get(own, "Authorization", FarmOfOne.basic(token)).statusCode())
                .isEqualTo(200);
        assertThat(farm.asManager("GET", own, "").statusCode()).isEqualTo(403);
        assertThat(reset(identifier, FarmOfOne.MANAGER, proof).statusCode())
                .as("a second time")
                .isEqualTo(400);
    }

    @Test
    void a_new_manager_can_be_made_while_linking() throws Exception {
        HttpResponse<String> chosen = choose(exchange(), "new", farm.asUser());

        assertThat(chosen.statusCode()).isEqualTo(307);
        assertThat(farm.json("/api/v1/managers").getJsonArray("managers").encode())
                .contains("Basement");
        HttpResponse<String> again = choose(exchange(), "new", farm.asUser());
        assertThat(again.statusCode()).as("the same name again").isEqualTo(422);
        assertThat(again.body()).contains("choose it, or another name");
    }

    @Test
    void nothing_is_linked_without_proof_and_token() throws Exception {
        String identifier = exchange();

        assertThat(choose(identifier, FarmOfOne.MANAGER).statusCode()).isEqualTo(403);
        assertThat(farm.get(page(identifier).replace("hmac=", "hmac=0"), farm.asUser())
                        .statusCode())
                .isEqualTo(400);
        assertThat(choose(
                                identifier,
                                FarmOfOne.MANAGER,
                                farm.asUser()[0],
                                farm.asUser()[1],
                                "Origin",
                                "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(farm.get(page("5c01000000000000000000aa"), farm.asUser()).statusCode())
                .isEqualTo(410);
        for (String key : new String[] {"{}", "{\"key\":\"abc\"}", "{\"key\":\"zz\"}", "{\"key\":\"abcd\"}"}) {
            assertThat(farm.call("POST", "/api/flamenco/managers/link/exchange", key)
                            .statusCode())
                    .as(key)
                    .isEqualTo(400);
        }
    }

    @Test
    void a_manager_whose_credentials_are_revoked_is_refused() throws Exception {
        assertThat(farm.depsgraph().statusCode()).isLessThan(300);

        HttpResponse<String> revoked =
                farm.change("POST", "/api/v1/managers/" + FarmOfOne.MANAGER + "/revoke", new JsonObject());

        assertThat(revoked.statusCode()).isEqualTo(204);
        assertThat(farm.depsgraph().statusCode()).isEqualTo(403);
        assertThat(farm.json("/api/v1/managers").getJsonArray("managers").size())
                .as("it stays in the list")
                .isEqualTo(2);
    }
}
