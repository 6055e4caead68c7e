package io.flamenco.shared.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flamenco.shared.bridge.BridgePeer.Way;
import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.ManagerFacts.TaskLogGrew;
import io.flamenco.shared.bus.ManagerRequests.RequestStatus;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.people.FarmRole;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BridgeTest {

    private static final TaskId TASK = new TaskId("5c010003494ba92dc0552b03");
    private static final String LOG = "manager.task.log." + TASK;
    private static final String ORDER = "manager.worker.request-status";
    private static final int FACTS_TOLD = 300;
    private static final int TOOLS_WITHOUT_MANNERS = 40;
    private static final int PER_PERSON = 4;
    private static final int PER_ADDRESS = 6;

    private final BridgeFarm farm = new BridgeFarm(BridgeTable.MANAGER, PER_PERSON, PER_ADDRESS);

    @AfterEach
    void end() {
        farm.close();
    }

    @ParameterizedTest
    @EnumSource
    void who_sends_a_token_hears_what_happens(Way way) {
        BridgePeer tool = listener(way, "viewer");

        farm.bus.tell(Addresses.MANAGER_TASK_LOG.of(TASK), new TaskLogGrew(TASK, 7, "a \"line\"\n"));

        await().until(() -> !tool.facts(LOG).isEmpty());
        assertThat(tool.facts(LOG))
                .containsExactly(new JsonObject()
                        .put("task_id", TASK.hex())
                        .put("offset", 7)
                        .put("text", "a \"line\"\n"));
    }

    @ParameterizedTest
    @EnumSource
    void who_has_heard_enough_hears_no_more(Way way) {
        BridgePeer tool = listener(way, "viewer");

        tool.say("unregister", LOG, "");
        await().until(() -> tool.facts("answer").size() == 2);
        farm.bus.tell(Addresses.MANAGER_TASK_LOG.of(TASK), new TaskLogGrew(TASK, 7, "line\n"));
        tool.say("register", LOG, "");

        await().until(() -> tool.facts("answer").size() == 3);
        assertThat(tool.facts(LOG)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void who_says_not_who_they_are_is_told_so_and_sent_away(Way way) {
        BridgePeer tool = BridgePeer.connect(farm, way);

        tool.say("register", LOG, "");
        await().until(() -> tool.refusals().equals(List.of(401)));
        assertThat(tool.heard.getLast().getString("address")).isEqualTo("answer");
        assertThat(tool.heard.getLast().getString("message")).contains("\"authorization\":\"Bearer <token>\"");
        farm.time.tick(Duration.ofSeconds(20));

        await().until(tool::isClosed);
    }

    @ParameterizedTest
    @EnumSource
    void a_token_that_is_nobodys_ends_the_connection(Way way) {
        BridgePeer tool = BridgePeer.connect(farm, way);

        tool.say("register", LOG, "guessed");

        await().until(() -> tool.isClosed() && tool.refusals().equals(List.of(401)));
    }

    @ParameterizedTest
    @EnumSource
    void a_token_that_was_revoked_ends_the_connection_within_a_minute(Way way) {
        BridgePeer tool = listener(way, "viewer");
        farm.time.tick(Duration.ofSeconds(40));
        tool.say("register", LOG, "");
        await().until(() -> tool.facts("answer").size() == 2);

        farm.tokens.clear();
        farm.time.tick(Duration.ofSeconds(60));

        await().until(() -> tool.isClosed() && tool.refusals().equals(List.of(401)));
    }

    @ParameterizedTest
    @EnumSource
    void an_order_takes_its_role_and_is_answered(Way way) {
        farm.welcome("viewer", FarmRole.VIEWER);
        farm.welcome("wrangler", FarmRole.WRANGLER);
        BridgePeer viewer = BridgePeer.connect(farm, way);
        BridgePeer wrangler = BridgePeer.connect(farm, way);
        WorkerId worker = WorkerId.next();
        JsonObject order = new JsonObject()
                .put("worker_id", worker.hex())
                .put("status", "asleep")
                .put("lazy", true);

        viewer.say(message(ORDER, "viewer", order));
        wrangler.say(message(ORDER, "wrangler", order));

        await().until(() -> !wrangler.heard.isEmpty() && !viewer.heard.isEmpty());
        assertThat(viewer.refusals()).containsExactly(403);
        assertThat(wrangler.facts("answer")).containsExactly(new JsonObject().put("by", "wrangler"));
        assertThat(farm.orders).containsExactly(new RequestStatus(worker, "asleep", true));
    }

    @ParameterizedTest
    @EnumSource
    void what_cannot_be_done_is_refused_with_the_status_of_its_twin(Way way) {
        farm.welcome("unlucky", FarmRole.ADMIN);
        BridgePeer tool = BridgePeer.connect(farm, way);
        JsonObject whole = new JsonObject().put("worker_id", TASK.hex()).put("status", "asleep");

        tool.say(message(ORDER, "unlucky", whole));
        tool.say(message(ORDER, "", new JsonObject().put("status", "asleep")));
        tool.say(message(ORDER, "", whole.copy().put("worker_id", "x")));
        tool.say("publish", "manager.task.status-changed", "");
        tool.say("send", "manager.scheduler.assign", "");
        tool.say("shout", LOG, "");
        for (String address : List.of("manager.scheduler.nothing-left", "manager.task.log.x", "manager.task.logs")) {
            tool.say("register", address, "");
        }

        await().untilAsserted(
                        () -> assertThat(tool.refusals()).containsExactly(409, 422, 422, 403, 403, 400, 403, 403, 403));
        assertThat(farm.orders).hasSize(1);
        assertThat(tool.isClosed()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void who_says_too_much_is_sent_away(Way way) {
        farm.welcome("viewer", FarmRole.VIEWER);
        BridgePeer longest = BridgePeer.connect(farm, way);
        BridgePeer fast = BridgePeer.connect(farm, way);

        longest.say(message(ORDER, "viewer", new JsonObject().put("padding", "x".repeat(20_000))));
        for (int i = 0; i < 200; i++) {
            fast.say("ping", "", i == 0 ? "viewer" : "");
        }

        await().until(() -> longest.isClosed() && longest.refusals().equals(List.of(413)));
        await().until(() -> fast.isClosed() && fast.refusals().equals(List.of(429)));
    }

    @ParameterizedTest
    @EnumSource
    void who_listens_to_too_much_is_told_so(Way way) {
        BridgePeer tool = listener(way, "viewer");

        for (int i = 0; i < 100; i++) {
            tool.say("register", "manager.task.log." + TaskId.next(), "");
        }

        await().until(() -> tool.refusals().equals(List.of(429)));
    }

    @ParameterizedTest
    @EnumSource
    void a_person_and_an_address_have_so_many_connections_and_no_more(Way way) {
        for (int i = 0; i < PER_PERSON; i++) {
            listener(way, "viewer");
        }
        BridgePeer oneMore = BridgePeer.connect(farm, way);
        oneMore.say("register", LOG, "viewer");
        await().until(() -> oneMore.isClosed() && oneMore.refusals().equals(List.of(429)));
        listener(way, "other");
        BridgePeer last = listener(way, "other");
        BridgePeer tooMany = BridgePeer.connect(farm, way);
        await().until(() -> tooMany.isClosed() && tooMany.refusals().equals(List.of(429)));
        farm.tokens.remove("other");
        farm.time.tick(Duration.ofSeconds(45));
        await().until(last::isClosed);
        listener(way, "third");
    }

    @ParameterizedTest
    @EnumSource
    void who_does_not_read_loses_messages_and_holds_up_nobody(Way way) {
        BridgePeer slow = listener(way, "viewer");
        BridgePeer quick = listener(way, "other");
        slow.stopReading();

        tellMoreThanBuffersHold(quick);
        slow.readAgain();

        await().until(() -> slow.refusals().equals(List.of(429)));
        assertThat(slow.heard.getLast().getString("message")).contains("messages were left out");
        assertThat(slow.facts(LOG)).hasSizeLessThan(FACTS_TOLD * 3 / 4);
    }

    @ParameterizedTest
    @EnumSource
    void who_reads_nothing_for_long_is_sent_away(Way way) {
        BridgePeer slow = listener(way, "viewer");
        BridgePeer quick = listener(way, "other");
        slow.stopReading();
        tellMoreThanBuffersHold(quick);

        for (int round = 0; round < 3; round++) {
            int answers = quick.facts("answer").size();
            quick.say("ping", "", "");
            quick.say("register", LOG, "");
            await().until(() -> quick.facts("answer").size() > answers);
            farm.time.tick(Duration.ofSeconds(35));
        }
        slow.readAgain();

        await().until(slow::isClosed);
        assertThat(quick.isClosed()).isFalse();
    }

    /** At the pace of one who reads. */
    private void tellMoreThanBuffersHold(BridgePeer quick) {
        String text = "x".repeat(64 * 1024);
        for (int i = 0; i < FACTS_TOLD; i++) {
            int offset = i;
            farm.bus.tell(Addresses.MANAGER_TASK_LOG.of(TASK), new TaskLogGrew(TASK, offset, text));
            await().pollInterval(Duration.ofMillis(2))
                    .until(() -> quick.facts(LOG).stream().anyMatch(fact -> fact.getInteger("offset") == offset));
            quick.heard.clear();
        }
    }

    @Test
    void a_tool_can_show_its_token_when_it_connects() {
        farm.welcome("viewer", FarmRole.VIEWER);
        BridgePeer tool = BridgePeer.connect(farm, Way.WEB_SOCKET, Map.of("Authorization", "Bearer viewer"));

        tool.say("register", LOG, "");
        await().until(() -> !tool.facts("answer").isEmpty());
        farm.tokens.clear();
        farm.time.tick(Duration.ofSeconds(45));

        await().until(tool::isClosed);
    }

    @Test
    void everybody_listens_where_everybody_may_read_but_orders_take_a_token() {
        farm.everybodyMayRead = true;
        BridgePeer stranger = BridgePeer.connect(farm, Way.WEB_SOCKET);

        stranger.say("register", LOG, "");
        await().until(() -> !stranger.facts("answer").isEmpty());
        stranger.say(message(ORDER, "", new JsonObject()));

        await().until(() -> stranger.refusals().equals(List.of(401)));
    }

    @Test
    void a_page_of_another_site_or_of_nobody_cannot_connect() {
        farm.everybodyMayRead = true;
        for (String origin : List.of("http://evil.example", "http://localhost:1", "null", "http://localhost.evil")) {
            assertThatThrownBy(() -> BridgePeer.connect(farm, Way.WEB_SOCKET, Map.of("Origin", origin)))
                    .isInstanceOf(UpgradeRejectedException.class);
        }
        farm.everybodyMayRead = false;
        assertThatThrownBy(() -> BridgePeer.connect(farm, Way.SOCK_JS, Map.of("User-Agent", "Mozilla/5.0")))
                .isInstanceOf(UpgradeRejectedException.class);
    }

    @Test
    void a_length_that_is_none_ends_a_tcp_connection() {
        for (int length : List.of(-1, Integer.MAX_VALUE)) {
            BridgePeer tool = BridgePeer.connect(farm, Way.TCP);
            tool.sayRaw(Buffer.buffer().appendInt(length));
            await().until(() -> tool.isClosed() && tool.refusals().equals(List.of(413)));
        }
    }

    @Test
    void whatever_a_tool_says_over_tcp_it_is_answered_or_sent_away_and_others_are_heard() {
        Random random = new Random(20_261_122);
        BridgePeer other = listener(Way.TCP, "other");
        for (int sent = 0; sent < TOOLS_WITHOUT_MANNERS; sent += PER_ADDRESS - 1) {
            List<BridgePeer> tools = Stream.generate(() -> BridgePeer.connect(farm, Way.TCP))
                    .limit(PER_ADDRESS - 1)
                    .toList();
            tools.forEach(tool -> tool.sayRaw(nonsense(random)));
            tools.forEach(tool -> tool.sayRaw(Buffer.buffer().appendInt(-1)));
            await().until(() -> tools.stream()
                    .allMatch(tool -> tool.isClosed() && !tool.refusals().isEmpty()));
            assertThat(tools).allSatisfy(tool -> assertThat(tool.refusals()).doesNotContain(500));
        }

        farm.bus.tell(Addresses.MANAGER_TASK_LOG.of(TASK), new TaskLogGrew(TASK, 0, "line"));

        await().until(() -> !other.facts(LOG).isEmpty());
    }

    /** A message of the right length that is none, or one of ours with something else in one place. */
    private static Buffer nonsense(Random random) {
        List<String> odd =
                List.of("null", "7", "[]", "{}", "\"\\u0000\"", "[".repeat(500), "\"" + "x".repeat(2000) + "\"");
        String type = "\"" + List.of("register", "send", "publish", "ping", "x").get(random.nextInt(5)) + "\"";
        String any = odd.get(random.nextInt(odd.size()));
        byte[] text = List.of(
                        any,
                        "{\"type\":" + any + "}",
                        "{\"type\":" + type + ",\"address\":" + any + "}",
                        "{\"type\":" + type + ",\"address\":\"" + LOG + "\",\"headers\":" + any + "}",
                        "{\"type\":" + type + ",\"address\":\"" + ORDER + "\",\"body\":" + any + ",\"replyAddress\":"
                                + any + "}")
                .get(random.nextInt(5))
                .getBytes(StandardCharsets.UTF_8);
        return Buffer.buffer().appendInt(text.length).appendBytes(text);
    }

    private BridgePeer listener(Way way, String token) {
        farm.welcome(token, FarmRole.VIEWER);
        BridgePeer tool = BridgePeer.connect(farm, way);
        tool.say("register", LOG, token);
        await().until(() -> !tool.facts("answer").isEmpty());
        return tool;
    }

    private static JsonObject message(String address, String token, JsonObject body) {
        JsonObject message = new JsonObject()
                .put("type", "send")
                .put("address", address)
                .put("replyAddress", "answer")
                .put("body", body);
        return token.isEmpty()
                ? message
                : message.put("headers", new JsonObject().put("authorization", "Bearer " + token));
    }
}
