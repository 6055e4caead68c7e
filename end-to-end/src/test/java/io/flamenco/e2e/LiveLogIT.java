package io.flamenco.e2e;

import static io.flamenco.e2e.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The log of a running task, as long as logs get, followed in a real browser over a connection that is cut. */
@ExtendWith(OnDemoFarm.class)
class LiveLogIT {

    private static final int LINES = 100_000;
    private static final int MOST_ROWS = 200;

    /** Scrolls through the whole log in a hundred frames, and answers how long each took in milliseconds, the slowest first. */
    private static final String SCROLL = """
            async () => {
              const body = document.querySelector('.log-body');
              const frames = [];
              let before = await new Promise(requestAnimationFrame);
              for (let step = 0; step < 100; step++) {
                body.scrollTop = (body.scrollHeight * (step * 37 % 100)) / 100;
                const now = await new Promise(requestAnimationFrame);
                frames.push(now - before);
                before = now;
              }
              return frames.sort((a, b) => b - a);
            }""";

    /** What is shown first now, all at the same moment. */
    private static final String FIRST_LINES = """
            () => [...document.querySelectorAll('[data-line]')].slice(0, 5)
              .map((line) => ({ number: line.dataset.line, text: line.querySelector('span').textContent }))""";

    private final Visit visit;
    private final DemoFarm farm;

    LiveLogIT(Visit visit) {
        this.visit = visit;
        this.farm = visit.farm();
    }

    @Test
    void a_log_of_a_hundred_thousand_lines_stays_smooth_and_loses_or_doubles_nothing_over_a_cut() throws Exception {
        Page page = visit.atManager();
        Contact.watch(page);
        Path gate = visit.directory().resolve("gate-of-the-log");
        int half = LINES / 2;
        String job = farm.submitProgram(
                "lines",
                "sh -c 'seq -f \"row %%.0f\" 1 %d; while [ ! -e %s ]; do sleep 0.1; done; seq -f \"row %%.0f\" %d %d'"
                        .formatted(half, gate, half + 1, LINES));
        String task = visit.activeTask(job);
        page.navigate(farm.managerPage("tasks/" + task + "/log"));
        page.evaluate(Blocks.WATCH);
        row(page, half).waitFor();
        List<?> frames = (List<?>) page.evaluate(SCROLL);
        assertThat(page.locator("[data-line]").count()).isLessThan(MOST_ROWS);
        page.locator(".log-tools button:has-text('Follow')[aria-pressed=false]").waitFor();

        Contact.cut(page);
        page.locator(".contact[data-family=heal]").waitFor();
        Files.createFile(gate);
        await().atMost(PATIENCE).until(() -> visit.statusOf(task).equals("completed"));
        Contact.restore(page);
        page.locator(".log-tools button:has-text('Follow')").click();
        row(page, LINES).waitFor();

        List<String> file = farm.log(task).lines().toList();
        assertShown(page, file);
        page.locator(".log-tools .input").fill("/row \\d+$/");
        page.locator(".log-hits:has-text('of 100,000')").waitFor();
        page.locator(".log-tools .input").fill("row 77777");
        page.locator("[data-here]:has-text('row 77777')").first().waitFor();
        assertThat(downloaded(page)).isEqualTo(farm.log(task));
        report(page, frames);
        page.context().close();
    }

    /** The page knows exactly the lines of the file: as many, and the same wherever one looks. */
    private static void assertShown(Page page, List<String> file) {
        page.locator(".lead .num:has-text('%,d lines')".formatted(file.size())).waitFor();
        for (int part = 0; part <= 10; part++) {
            page.evaluate(
                    "part => { const body = document.querySelector('.log-body'); body.scrollTop = body.scrollHeight * part / 10; }",
                    part);
            Settled.drawn(page);
            for (Object line : (List<?>) page.evaluate(FIRST_LINES)) {
                Map<?, ?> shown = (Map<?, ?>) line;
                int number = Integer.parseInt((String) shown.get("number"));
                assertThat(file.get(number - 1)).endsWith((String) shown.get("text"));
            }
        }
    }

    private static String downloaded(Page page) throws Exception {
        Download download =
                page.waitForDownload(() -> page.getByText("Download").first().click());
        return Files.readString(download.path());
    }

    private static void report(Page page, List<?> frames) {
        System.out.printf(
                "A log of %d lines: a frame while scrolling takes %.0f ms in the middle, %.0f ms at most%n",
                LINES, millis(frames, frames.size() / 2), millis(frames, 0));
        Blocks.report(page, "A log of " + LINES + " lines");
    }

    private static double millis(List<?> frames, int place) {
        return ((Number) frames.get(place)).doubleValue();
    }

    private static Locator row(Page page, int number) {
        return page.locator("[data-line] > span:text-matches('row " + number + "$')");
    }
}
