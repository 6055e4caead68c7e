package io.flamenco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.worker.manager.RegistrationToken;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** What looks like a Worker to the Manager: it registers and tells a status, but runs nothing. */
final class StandIn {

    private static final String SECRET = "what only this stand-in knows, and the Manager";

    private final DemoFarm farm;
    private final String nickname;
    private final String id;

    private StandIn(DemoFarm farm, String nickname, String id) {
        this.farm = farm;
        this.nickname = nickname;
        this.id = id;
    }

    /** Registers, and is not seen again until it tells a status. */
    static StandIn registered(DemoFarm farm, String nickname, String platform) throws Exception {
        JsonObject introduction = new JsonObject()
                .put("secret", SECRET)
                .put("platform", platform)
                .put("nickname", nickname)
                .put("supported_task_types", new JsonArray().add("blender-render"));
        String token = RegistrationToken.sign(farm.registrationSecret(), Instant.now());
        Rest.Answer answer = farm.manager().send("register-worker", token, introduction.encode());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return new StandIn(farm, nickname, answer.json().getString("_id"));
    }

    /** Signs on, which is {@code starting}, and off again for {@code offline}; otherwise tells that it has reached the status. */
    StandIn tells(String status) throws Exception {
        call("sign-on", new JsonObject().put("nickname", nickname));
        if (!status.equals("starting")) {
            call(status.equals("offline") ? "sign-off" : "ack-status-change/" + status, new JsonObject());
        }
        return this;
    }

    String id() {
        return id;
    }

    private void call(String path, JsonObject body) throws Exception {
        Rest.Answer answer = farm.manager().sendAsWorker(path, id, SECRET, body.encode());
        assertThat(answer.status()).as("%s %s", path, answer.body()).isEqualTo(204);
    }
}
