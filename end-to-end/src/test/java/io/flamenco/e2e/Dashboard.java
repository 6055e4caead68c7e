package io.flamenco.e2e;

import static io.flamenco.e2e.Patience.PATIENCE_MS;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.NavigateOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.WaitUntilState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A headless Chromium that looks at the pages, and remembers what they complained of. */
final class Dashboard implements AutoCloseable {

    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();

    Dashboard(Path chromium) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(chromium).setArgs(FLAGS));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    }

    /** Opens a page in a window of its own. It may lead on to another one at once, which cuts its own loading short. */
    Page open(String url) {
        Page page = browser.newPage(new Browser.NewPageOptions()
                .setViewportSize(1400, 1000)
                .setLocale("en-GB")
                .setIgnoreHTTPSErrors(true));
        page.context().setDefaultTimeout(PATIENCE_MS);
        page.onPageError(complaints::add);
        page.addInitScript(Settled.WATCH);
        page.navigate(url, new NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
        return page;
    }

    /** Takes back by its key what was just done; the page offers that once the role has answered. */
    static void takeBack(Page page) {
        page.locator(".toast kbd").last().waitFor();
        page.keyboard().press("z");
    }

    /** Errors of scripts on any page. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
