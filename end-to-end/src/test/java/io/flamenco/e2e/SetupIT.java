package io.flamenco.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.PageAssertions.HasURLOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Manager is set up and linked with a Server in a browser, and then works. */
class SetupIT {

    private static final HasURLOptions PATIENT = new HasURLOptions().setTimeout(30_000);
    private static final ContainsTextOptions PATIENTLY = new ContainsTextOptions().setTimeout(30_000);

    @Test
    void a_manager_without_settings_is_linked_in_the_browser_and_goes_to_work(@TempDir Path directory)
            throws Exception {
        int port = Ports.free();
        Path data = directory.resolve("new-manager");
        FlamencoProcess manager = null;
        try (SplitFarm farm = new SplitFarm(directory);
                Dashboard browser = new Dashboard(Wanted.program("chromium"))) {
            farm.startServer();
            String password = found(directory.resolve("server.out"), "one-time password (\\S+)");
            manager = FlamencoProcess.start(
                    "fresh",
                    directory,
                    Map.of(),
                    "manager",
                    "--listen",
                    "127.0.0.1:" + port,
                    "--data",
                    data.toString());
            String link = found(directory.resolve("fresh.out"), "(http://127\\S+key=\\S+)");
            Rest setup = new Rest(port);
            assertThat(setup.read("setup/data").status()).isEqualTo(401);

            Page page = browser.open(link);
            assertThat(page.locator("#fileStorePath"))
                    .hasValue(data.resolve("shaman/file-store").toString());
            page.fill("#checkoutPath", "/elsewhere");
            page.click(".field:has(#checkoutPath) button:has-text('Restore')");
            assertThat(page.locator("#checkoutPath"))
                    .hasValue(data.resolve("shaman/jobs").toString());
            page.fill("#server", farm.server().url("").toString());
            page.click("button:has-text('Link')");
            assertThat(page).hasURL(Pattern.compile(".*/login\\?next=.*"), PATIENT);
            page.fill("#login-name", "admin");
            page.fill("#login-password", password);
            page.click("button[type=submit]");
            page.fill("#login-fresh", "a password of my own");
            page.fill("#login-password", password);
            page.click("button[type=submit]");
            page.fill("[name=manager-name]", "Nave 4");
            page.click("button:has-text('Link')");

            assertThat(page).hasURL(setup.url("setup/link-done").toString(), PATIENT);
            Path settings = data.resolve("manager.yaml");
            assertThat(Files.readString(settings)).contains("manager_secret: SRV");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(settings)))
                    .isEqualTo("rw-------");
            page.click("button:has-text('Restart')");
            assertThat(page).hasURL(setup.url("").toString(), PATIENT);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> farm.server()
                            .readAs(farm.token(), "api/v1/managers")
                            .body()
                            .contains("Nave 4"));
            assertThat(page.locator("body")).containsText("Flamenco Manager", PATIENTLY);
            assertThat(setup.read("setup/data").status()).isNotEqualTo(200);
            assertThat(browser.complaints()).as("errors of scripts").isEmpty();
        } finally {
            if (manager != null) {
                manager.close();
            }
        }
    }

    private static String found(Path out, String pattern) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> {
                            Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(out));
                            return matcher.find() ? matcher.group(1) : "";
                        },
                        text -> !text.isEmpty());
    }
}
