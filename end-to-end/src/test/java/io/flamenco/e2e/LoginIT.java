package io.flamenco.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.flamenco.e2e.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.NavigateOptions;
import com.microsoft.playwright.options.WaitUntilState;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People log in at the Server and use the Manager, and an admin gives it another name and shuts it out. */
class LoginIT {

    @Test
    void the_managers_page_sends_people_to_the_server_and_gets_them_back(@TempDir Path directory) throws Exception {
        try (SplitFarm farm = new SplitFarm(directory);
                Dashboard browser = new Dashboard(Wanted.program("chromium"))) {
            farm.startServer();
            farm.startManager();
            String password = farm.process("server").said("one-time password (\\S+)");
            await().atMost(PATIENCE)
                    .until(() -> farm.server()
                            .readAs(farm.token(), "api/v1/managers")
                            .body()
                            .contains("127.0.0.1"));

            Page page = browser.open(farm.manager().url("queue").toString());
            assertThat(page).hasURL(Pattern.compile(".*/login\\?next=.*"));
            page.fill("#login-name", "admin");
            page.fill("#login-password", password);
            page.click("button[type=submit]");
            page.fill("#login-fresh", "a password of my own");
            page.fill("#login-password", password);
            page.click("button[type=submit]");

            assertThat(page).hasURL(farm.manager().url("queue").toString());
            assertThat(page.locator("main, #app").first()).not().containsText("Connecting");
            await().atMost(PATIENCE)
                    .until(() ->
                            page.context().cookies().stream().anyMatch(cookie -> cookie.name.startsWith("jwtToken_")));

            page.navigate(
                    farm.manager().url("queue").toString().replace("127.0.0.1", "localhost"),
                    new NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
            assertThat(page).hasURL(farm.manager().url("queue").toString());

            page.navigate(farm.server().url("managers").toString());
            renamed(page, "Nave 4");
            revoked(page, "Nave 4");
            assertThat(browser.complaints()).as("errors of scripts").isEmpty();
        }
    }

    private static void renamed(Page page, String name) {
        page.locator("[data-manager-id] button:has-text('Change')").click();
        page.fill("#manager-name", name);
        page.fill("#manager-about", "In the cellar");
        page.locator("dialog button:has-text('Save')").click();
        assertThat(page.locator("[data-manager-id]")).containsText(name);
        assertThat(page.locator("[data-manager-id]")).containsText("In the cellar");
    }

    private static void revoked(Page page, String name) {
        page.locator("[data-manager-id] button:has-text('Revoke')").click();
        page.locator("dialog button:has-text('Revoke')").click();
        assertThat(page.locator(".toasts")).containsText(name + " is shut out");
    }
}
