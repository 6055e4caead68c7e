package io.flamenco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator.WaitForOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.flamenco.e2e.Sights.Sight;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every page of a farm that has worked, in a real browser: whole, without barriers, on a phone, by keyboard, and soon there. */
@ExtendWith(OnDemoFarm.class)
class PagesIT {

    private static final int MOST_BYTES = 300_000;

    /** Long before the page would ask for all Workers again by itself. */
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(30);

    private static final int PHONE_WIDTH = 390;

    /** What can be used but is beside the window; some things scroll by themselves. */
    private static final String OUT_OF_REACH = """
            () => [...document.querySelectorAll('main button, main a[href], main input')]
              .filter((element) => element.checkVisibility() && !element.closest('.ledger, .table-scroll, .graph, .grid-box, pre, .hidden-visually'))
              .filter((element) => { const { left, right } = element.getBoundingClientRect(); return left < 0 || right > innerWidth; })
              .map((element) => element.outerHTML.slice(0, 160))""";

    /** The browser tells of it when the picture is out, which may be after the page has made it. */
    private static final String FIRST_PAINT = """
            () => new Promise((done) => new PerformanceObserver((list) => list.getEntriesByName('first-contentful-paint')
              .forEach(({ startTime }) => done(startTime))).observe({ type: 'paint', buffered: true }))""";

    private final Visit visit;
    private final DemoFarm farm;

    PagesIT(Visit visit) {
        this.visit = visit;
        this.farm = visit.farm();
    }

    @Test
    void every_page_shows_its_content_without_a_barrier_or_an_error_and_fits_a_phone() throws Exception {
        Barriers barriers = new Barriers();
        Page page = visit.blank();
        assertFitForAll(barriers, page, new Sight("server-login", farm.serverPage("login"), "#login-password"));
        page.navigate("about:blank");
        page.navigate(farm.loginLink());
        page.waitForURL(Pattern.compile(".*/jobs"));
        visit.logInAtManager(page);
        for (Sight sight : Sights.all(farm)) {
            assertFitForAll(barriers, page, sight);
        }
        page.context().close();
        assertThat(visit.browser().complaints()).as("errors of scripts").isEmpty();
    }

    @Test
    void a_barrier_would_be_found() throws Exception {
        Page page = visit.blank();
        page.setContent("<main><h1>Form</h1><input></main>");

        assertThat(new Barriers().on(page, ColorScheme.LIGHT)).anyMatch(found -> found.startsWith("label: <input"));
        page.context().close();
    }

    @Test
    void every_page_of_the_manager_is_reached_and_used_by_keyboard() throws Exception {
        Page page = visit.atManager();
        for (Sight sight : Sights.ofManager(farm)) {
            sight.show(page);
            assertThat(Keyboard.walk(page)).as(sight.url()).isEmpty();
            page.keyboard().press("?");
            page.locator("#keys-title").waitFor();
            page.keyboard().press("Escape");
            page.locator("#keys-title").waitFor(new WaitForOptions().setState(WaitForSelectorState.DETACHED));
        }
        page.keyboard().press("g");
        page.keyboard().press("q");
        page.waitForURL(Pattern.compile(".*/queue"));
        page.keyboard().press("Control+k");
        page.keyboard().type(farm.worker().getString("nickname"));
        page.locator("#found-0:has-text('worker')").waitFor();
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*/workers/.*"));
        page.context().close();
    }

    @Test
    void a_walk_by_keyboard_finds_what_cannot_be_reached_and_a_focus_that_cannot_be_seen() {
        Page page = visit.blank();
        page.setContent("<a href='#' style='outline: none'>a</a>"
                + "<button id=b>b</button><script>b.addEventListener('focus', () => b.blur())</script>");

        assertThat(Keyboard.walk(page))
                .anyMatch(wrong -> wrong.startsWith("the focus is not seen: <a"))
                .anyMatch(wrong -> wrong.startsWith("not reached: <button"));
        page.context().close();
    }

    @Test
    void the_farms_page_is_small_and_shows_a_change_soon() throws Exception {
        Page page = visit.atManager();
        double paintMs = Visit.number(page, FIRST_PAINT);
        double bytes = Visit.number(
                page,
                "['navigation', 'resource'].flatMap(type => performance.getEntriesByType(type))"
                        + ".reduce((sum, { transferSize }) => sum + transferSize, 0)");
        Path gate = visit.directory().resolve("gate-of-the-page");
        String task = visit.activeTask(farm.submitUntil("busy", gate));

        long before = System.nanoTime();
        order("asleep");
        page.locator("[data-worker-id] .next").waitFor();
        Duration seen = Duration.ofNanos(System.nanoTime() - before);
        order("awake");
        page.locator("[data-worker-id] .next").waitFor(new WaitForOptions().setState(WaitForSelectorState.DETACHED));
        visit.open(gate, task);

        System.out.printf(
                "The Manager's first page: first paint after %.0f ms, %.0f bytes; an order is seen after %d ms%n",
                paintMs, bytes, seen.toMillis());
        assertThat(bytes).isBetween(20_000.0, (double) MOST_BYTES);
        assertThat(seen).isLessThan(SEEN_WITHIN);
        page.context().close();
    }

    private static void assertFitForAll(Barriers barriers, Page page, Sight sight) {
        sight.show(page);
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            assertThat(barriers.on(page, scheme))
                    .as("%s, %s", sight.url(), scheme)
                    .isEmpty();
        }
        page.setViewportSize(PHONE_WIDTH, 844);
        Settled.drawn(page);
        assertThat(Visit.number(page, "document.documentElement.scrollWidth"))
                .as("width of %s on a phone", sight.url())
                .isLessThanOrEqualTo(PHONE_WIDTH);
        assertThat((List<?>) page.evaluate(OUT_OF_REACH))
                .as("out of reach on a phone: %s", sight.url())
                .isEmpty();
        page.setViewportSize(1400, 1000);
    }

    /** Orders the Worker to be so once its task has ended. */
    private void order(String status) throws Exception {
        Rest.Answer answer = farm.manager()
                .sendForm(
                        "worker-action/" + farm.worker().getString("id"),
                        farm.managerToken(),
                        "action=set-status&lazy=true&status=" + status);
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    }
}
