package io.flamenco.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.WaitForOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.LocatorOptions;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pages of a farm that has worked, in a real browser. */
@Timeout(120)
class PagesIT {

    private static final int PATIENCE_MS = 15_000;
    private static final Duration PATIENCE = Duration.ofMillis(PATIENCE_MS);
    private static final int PHONE_WIDTH = 390;
    private static final int MOST_BYTES = 300_000;
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(5);
    /** Few enough that a tall window shows all of them at once. */
    private static final int TICKS = 40;

    private static DemoFarm farm;
    private static Dashboard browser;
    private static Barriers barriers;

    /** A page, and what it shows when it is whole. */
    private record Sight(String url, String content) {}

    @BeforeAll
    @Timeout(120)
    static void start(@TempDir Path directory) throws Exception {
        Path chromium = Wanted.program("chromium");
        barriers = new Barriers();
        farm = new DemoFarm(directory);
        browser = new Dashboard(chromium);
    }

    @AfterAll
    static void end() {
        if (browser != null) {
            browser.close();
        }
        if (farm != null) {
            farm.close();
        }
    }

    @Test
    void every_page_shows_its_content_without_a_barrier_or_an_error() throws Exception {
        Page page = blank();
        assertNoBarriers(page, new Sight(farm.serverPage("login"), "#login-password"));
        page.navigate("about:blank");
        page.navigate(farm.loginLink());
        page.waitForURL(Pattern.compile(".*/jobs"));
        logInAtManager(page);
        for (Sight sight : sights()) {
            assertNoBarriers(page, sight);
        }
        page.context().close();
        assertThat(browser.complaints()).as("errors of scripts").isEmpty();
    }

    @Test
    void a_barrier_would_be_found() {
        Page page = blank();
        page.setContent("<main><h1>Form</h1><input></main>");

        assertThat(barriers.on(page, ColorScheme.LIGHT)).anyMatch(found -> found.startsWith("label: <input"));
        page.context().close();
    }

    @Test
    void the_farms_page_is_small_and_shows_a_change_soon() throws Exception {
        Page page = blank();
        logInAtManager(page);
        double paintMs = number(page, "performance.getEntriesByName('first-contentful-paint')[0].startTime");
        double bytes = number(
                page,
                "['navigation', 'resource'].flatMap(type => performance.getEntriesByType(type))"
                        + ".reduce((sum, { transferSize }) => sum + transferSize, 0)");
        farm.submitProgram("busy", "sleep 8");
        activeTask();

        long before = System.nanoTime();
        order("asleep");
        page.locator("[data-worker-id] .next").waitFor();
        Duration seen = Duration.ofNanos(System.nanoTime() - before);
        order("awake");
        page.locator("[data-worker-id] .next").waitFor(new WaitForOptions().setState(WaitForSelectorState.DETACHED));

        System.out.printf(
                "The Manager's first page: first paint after %.0f ms, %.0f bytes; an order is seen after %d ms%n",
                paintMs, bytes, seen.toMillis());
        assertThat(bytes).isBetween(20_000.0, (double) MOST_BYTES);
        assertThat(seen).isLessThan(SEEN_WITHIN);
        page.context().close();
    }

    @Test
    void a_log_that_is_followed_over_a_cut_connection_has_no_gap_and_no_double() throws Exception {
        Page page = blank();
        List<WebSocketRoute> sockets = new CopyOnWriteArrayList<>();
        page.routeWebSocket("**/eventbus/**", socket -> {
            socket.connectToServer();
            sockets.add(socket);
        });
        page.setViewportSize(1400, 3000);
        logInAtManager(page);
        farm.submitProgram("ticks", "sh -c 'for i in $(seq 1 " + TICKS + "); do echo tick $i; sleep 0.15; done'");
        String task = activeTask();
        page.navigate(farm.managerPage("tasks/" + task + "/log"));
        tick(page, 3).waitFor();

        page.context().setOffline(true);
        sockets.forEach(WebSocketRoute::close);
        page.locator(".contact[data-family=heal]").waitFor();
        long known = farm.log(task).lines().count();
        await().atMost(PATIENCE).until(() -> farm.log(task).lines().count() > known + 10);
        page.context().setOffline(false);

        tick(page, TICKS).waitFor();
        await().atMost(PATIENCE).until(() -> farm.tasks("?status=active").isEmpty());
        List<String> file = await().atMost(PATIENCE)
                .pollInSameThread()
                .until(
                        () -> farm.log(task).lines().toList(),
                        lines -> lines.size() == shown(page).size());
        assertThat(shown(page))
                .zipSatisfy(file, (line, whole) -> assertThat(whole).endsWith(line));
        assertThat(file.stream().filter(line -> line.matches(".*tick \\d+"))).hasSize(TICKS);
        assertThat(page.locator(".log-note").count())
                .as("lines were fetched after the cut")
                .isPositive();
        page.context().close();
    }

    private static List<Sight> sights() throws Exception {
        String job = farm.firstJob().getString("id");
        String task = farm.tasks("").getJsonObject(0).getString("id");
        String worker = farm.worker().getString("id");
        String nickname = farm.worker().getString("nickname");
        return List.of(
                new Sight(farm.managerPage(""), "[data-worker-id]"),
                new Sight(farm.managerPage("queue?status=all"), "[data-task-id]"),
                new Sight(farm.managerPage("workers/" + worker), "h1:has-text('" + nickname + "')"),
                new Sight(farm.managerPage("tasks/" + task + "/log"), "[data-line]"),
                new Sight(farm.managerPage("latest-image"), "img[data-latest-image]"),
                new Sight(farm.managerPage("api/docs?q=worker"), "[data-operation]"),
                new Sight(farm.serverPage("jobs"), "[data-job-id]"),
                new Sight(farm.serverPage("jobs/" + job), "main:has(svg.durations):has(img[data-picture])"),
                new Sight(farm.serverPage("submit"), "form"),
                new Sight(farm.serverPage("managers"), "[data-manager-id]"),
                new Sight(farm.serverPage("workers"), "[data-worker-id]"),
                new Sight(farm.serverPage("archive"), "h1"),
                new Sight(farm.serverPage("projects"), "[data-project]"),
                new Sight(farm.serverPage("users"), "[data-user]"),
                new Sight(farm.serverPage("audit"), "[data-audit]"),
                new Sight(farm.serverPage("account"), "#password-fresh"),
                new Sight(farm.serverPage("api/docs#submitJob"), "#submitJob[open] table"));
    }

    private static void assertNoBarriers(Page page, Sight sight) {
        page.navigate(sight.url());
        page.locator(sight.content()).first().waitFor();
        page.waitForFunction("() => !document.querySelector('[aria-busy=true]')");
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            assertThat(barriers.on(page, scheme))
                    .as("%s, %s", sight.url(), scheme)
                    .isEmpty();
        }
        assertFitsAPhone(page, sight);
    }

    private static void assertFitsAPhone(Page page, Sight sight) {
        page.setViewportSize(PHONE_WIDTH, 844);
        assertThat(number(page, "document.documentElement.scrollWidth"))
                .as("width of %s on a phone", sight.url())
                .isLessThanOrEqualTo(PHONE_WIDTH);
        page.setViewportSize(1400, 1000);
    }

    private static Page blank() {
        Page page = browser.open("about:blank");
        page.context().setDefaultTimeout(PATIENCE_MS);
        page.context().setDefaultNavigationTimeout(PATIENCE_MS);
        return page;
    }

    private static void logInAtManager(Page page) throws Exception {
        page.navigate(farm.managerPage("#key=" + farm.managerToken()));
        page.locator("[data-worker-id]").waitFor();
    }

    /** Orders the Worker to be so once its task has ended. */
    private static void order(String status) throws Exception {
        Rest.Answer answer = farm.manager()
                .sendForm(
                        "worker-action/" + farm.worker().getString("id"),
                        farm.managerToken(),
                        "action=set-status&lazy=true&status=" + status);
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    }

    private static String activeTask() {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> farm.tasks("?status=active"), tasks -> !tasks.isEmpty())
                .getJsonObject(0)
                .getString("id");
    }

    private static Locator tick(Page page, int number) {
        return page.locator("[data-line]", new LocatorOptions().setHasText(Pattern.compile("\\btick " + number + "$")));
    }

    private static List<String> shown(Page page) {
        return page.locator("[data-line] > span").allTextContents();
    }

    private static double number(Page page, String expression) {
        return ((Number) page.evaluate(expression)).doubleValue();
    }
}
