package io.flamenco.manager.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.flamenco.manager.golden.Exchange.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Our Manager answers as the original did, but for the differences that {@link Deliberate} lists. */
class GoldenReplayTest {

    private static final JsonObject OPEN = new JsonObject()
            .put("worker_registration_secret", "")
            .put("user_authentication", new JsonObject().put("disableSecurity", true));
    private static final JsonObject LOCKED =
            new JsonObject().put("worker_registration_secret", RecordedFarm.JOIN_SECRET);

    private static final Pattern BRING_TASKS =
            Pattern.compile("A \\d+ kick-(downloader|before-test-job)|B 40 kick|C-dashboard \\d+ kick");
    private static final Path PAGE = Path.of("../docs/compatibility-recorded.md");
    private static final String HEAD = """
            # What the recorded traffic shows

            <!-- Made by GoldenReplayTest: mvn -pl manager-verticles -am test -Dtest=GoldenReplayTest
            -Dsurefire.failIfNoSpecifiedTests=false -Dflamenco.docs.write=true -->

            What an original Manager answered to an original Worker, to people, and to much that is wrong, was recorded. Our
            Manager answers the same requests, in the same order, with the same status, body and headers that matter, but for
            what is listed here. A test fails when anything else differs, and when something listed no longer does. Ids, ports
            and times, and the words behind `Unable to decode JSON:`, do not count. The reasons are in
            [compatibility.md](compatibility.md), too.

            | What | Original | Here | Why |
            |---|---|---|---|
            """;
    private static final Set<String> WITH_GOOD_JOIN_TOKEN =
            Set.of("register-with-token-b3", "register-lowercase-bearer");

    @TempDir
    Path directory;

    private final List<RecordedFarm> farms = new ArrayList<>();
    private final Set<Deliberate> seen = new HashSet<>();

    @AfterEach
    void close() {
        farms.forEach(RecordedFarm::close);
    }

    @TestFactory
    Stream<DynamicNode> everything_that_was_recorded() {
        return Stream.of(
                scenario("A", "all doors open", recorded("A"), OPEN, Steps::ofScenarioA),
                scenario("B", "the secured default, with the join secret", recorded("B"), LOCKED, Steps::ofScenarioB),
                scenario("C", "the life of a Worker", lifeOfAWorker(), OPEN, Steps::ofScenarioC),
                dynamicTest("the page lists what was seen, and nothing else", this::pageIsRight));
    }

    /** With {@code -Dflamenco.docs.write=true} the page is written. */
    private void pageIsRight() throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        Deliberate.ALL.forEach(one -> page.append(one.row()));
        if (Boolean.getBoolean("flamenco.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(seen).as("differences that are listed and do not show").containsAll(Deliberate.ALL);
        assertThat(PAGE).hasContent(page.toString());
    }

    private static List<Exchange> recorded(String scenario) {
        return Exchange.recorded("manager.jsonl").stream()
                .filter(exchange -> exchange.scenario().equals(scenario))
                .toList();
    }

    /** The Worker's calls, and between them what a person did and saw meanwhile. */
    private static List<Exchange> lifeOfAWorker() {
        List<Exchange> life = new ArrayList<>(Exchange.recorded("worker-session.jsonl"));
        List<Exchange> person = recorded("C-dashboard");
        life.add(70, person.get(3));
        life.addAll(51, person.subList(1, 3));
        life.add(0, person.get(0));
        return life;
    }

    private DynamicNode scenario(
            String name,
            String what,
            List<Exchange> exchanges,
            JsonObject settings,
            Function<RecordedFarm, Steps> steps) {
        RecordedFarm farm = new RecordedFarm(directory.resolve(name), name, settings);
        farms.add(farm);
        Steps between = steps.apply(farm);
        return dynamicContainer(
                name + ": " + what,
                exchanges.stream()
                        .map(exchange -> dynamicTest(exchange.title(), () -> repeat(farm, between, exchange))));
    }

    private void repeat(RecordedFarm farm, Steps between, Exchange exchange) {
        between.before(exchange);
        JsonArray tasks =
                BRING_TASKS.matcher(exchange.title()).matches() ? farm.server().prepareDownload() : new JsonArray();
        Answer ours = farm.repeat(valid(farm, exchange));
        farm.awaitDownload(tasks);
        between.after(exchange);
        List<String> differences = Comparison.differences(ours, exchange.answer());
        for (String difference : differences) {
            Optional<Deliberate> meant = Deliberate.of(exchange, difference);
            assertThat(meant)
                    .as("a difference that is not listed: %s", difference)
                    .isPresent();
            seen.add(meant.orElseThrow());
        }
    }

    /** Tokens of that time have expired; those that were good then are made anew. */
    private static Exchange valid(RecordedFarm farm, Exchange exchange) {
        JsonObject headers = exchange.headers().copy();
        String scheme = headers.getString("Authorization", "").split(" ", 2)[0];
        if (WITH_GOOD_JOIN_TOKEN.contains(exchange.name())) {
            headers.put("Authorization", scheme + " " + Steps.joinToken());
        } else if (scheme.equals("Bearer") && exchange.answer().status() < 300) {
            farm.withKey(headers);
        }
        return exchange.with(headers);
    }
}
