package io.flamenco.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PageAssertions.HasURLOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People log in at the Server and use the Manager. */
class LoginIT {

    private static final HasURLOptions PATIENT = new HasURLOptions().setTimeout(20_000);
    private static final Pattern PASSWORD = Pattern.compile("one-time password (\\S+)");

    @Test
    void the_managers_page_sends_people_to_the_server_and_gets_them_back(@TempDir Path directory) throws Exception {
        try (SplitFarm farm = new SplitFarm(directory);
                Dashboard browser = new Dashboard(Wanted.program("chromium"))) {
            farm.startServer();
            farm.startManager();
            String password = password(directory.resolve("server.out"));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> farm.server()
                            .readAs(farm.token(), "api/v1/managers")
                            .body()
                            .contains("127.0.0.1"));

            Page page = browser.open(farm.manager().url("queue").toString());
            assertThat(page).hasURL(Pattern.compile(".*/login\\?next=.*"), PATIENT);
            page.fill("#login-name", "admin");
            page.fill("#login-password", password);
            page.click("button[type=submit]");
            page.fill("#login-fresh", "a password of my own");
            page.fill("#login-password", password);
            page.click("button[type=submit]");

            assertThat(page).hasURL(farm.manager().url("queue").toString(), PATIENT);
            assertThat(page.locator("main, #app").first()).not().containsText("Connecting");
            await().until(() ->
                    page.context().cookies().stream().anyMatch(cookie -> cookie.name.startsWith("jwtToken_")));

            page.navigate(farm.manager().url("queue").toString().replace("127.0.0.1", "localhost"));
            assertThat(page).hasURL(farm.manager().url("queue").toString(), PATIENT);
            assertThat(browser.complaints()).as("errors of scripts").isEmpty();
        }
    }

    private static String password(Path out) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> {
                            Matcher matcher = PASSWORD.matcher(Files.readString(out));
                            return matcher.find() ? matcher.group(1) : "";
                        },
                        found -> !found.isEmpty());
    }
}
