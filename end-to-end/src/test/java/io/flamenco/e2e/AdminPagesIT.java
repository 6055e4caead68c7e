package io.flamenco.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.flamenco.e2e.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An admin keeps the people, projects, Workers and jobs of a farm on the Server's pages. */
class AdminPagesIT {

    @TempDir
    private static Path directory;

    private static DemoFarm farm;
    private static Dashboard browser;
    private static Page page;
    private static AdminPages admin;

    @BeforeAll
    static void start() throws Exception {
        Path chromium = Wanted.program("chromium");
        farm = new DemoFarm(directory);
        browser = new Dashboard(chromium);
        page = browser.open(farm.loginLink());
        page.waitForURL(Pattern.compile(".*/jobs"));
        admin = new AdminPages(page, farm);
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
    void a_user_is_made_gets_a_role_and_a_new_password_and_is_locked() throws Exception {
        String password = admin.makeUser("ines");
        assertThat(logIn("ines", password)).isEqualTo(200);

        admin.giveRole("ines", "wrangler");
        assertThat(admin.row("data-user", "ines")).containsText("Wrangler");
        String another = admin.resetPassword("ines");
        assertThat(logIn("ines", password)).as("with the password of before").isEqualTo(401);
        assertThat(logIn("ines", another)).isEqualTo(200);
        admin.lock("ines");
        assertThat(admin.row("data-user", "ines")).containsText("Locked");
        assertThat(logIn("ines", another)).as("locked").isEqualTo(401);

        admin.open("audit?user=admin");
        assertThat(page.locator("[data-audit='POST /api/v1/users']")).hasCount(1);
        assertThat(browser.complaints()).as("errors of scripts").isEmpty();
    }

    @Test
    void the_menu_of_the_person_leads_to_the_pages_about_people() {
        admin.open("jobs");
        page.locator(".person button").click();
        Locator items = page.getByRole(AriaRole.MENUITEM);
        assertThat(items).hasText(new String[] {"Account", "Projects", "Users", "Audit log", "Log out"});
        items.nth(2).click();
        page.waitForURL("**/users");
        page.locator("[data-user]").first().waitFor();
    }

    @Test
    void an_admin_chooses_a_password_and_ends_a_session_elsewhere() throws Exception {
        admin.open("account");
        Locator fresh = page.locator("#password-fresh");
        fresh.fill("a password of my own");
        page.locator("[aria-controls=password-fresh]").click();
        assertThat(fresh).hasAttribute("type", "text");
        page.locator("[aria-labelledby=account-password] button[type=submit]").click();
        assertThat(fresh).hasValue("");
        assertThat(logIn("admin", "a password of my own")).isEqualTo(200);

        page.reload();
        assertThat(page.locator("[data-session]")).hasCount(2);
        page.getByText("End all others").click();

        assertThat(page.locator("[data-session]")).hasCount(1);
        assertThat(page.locator("[data-session]")).containsText("This browser");
    }

    @Test
    void a_project_is_made_for_its_members_only() {
        admin.makeProject("sq040", "admin");

        assertThat(admin.row("data-project", "sq040")).containsText("1 member");
    }

    /** The Manager fetches orders with its next report, which other tests see to. */
    @Test
    void all_workers_are_ordered_to_sleep_and_the_order_is_taken_back() throws Exception {
        admin.order("Sleep after task");
        await().atMost(PATIENCE).until(() -> lastOrder().equals("asleep"));

        Dashboard.takeBack(page);
        await().atMost(PATIENCE).until(() -> lastOrder().equals("awake"));
    }

    private static String lastOrder() throws Exception {
        JsonArray orders =
                farm.onServer("workers/" + farm.worker().getString("id")).json().getJsonArray("orders");
        return orders.isEmpty() ? "" : orders.getJsonObject(0).getString("status");
    }

    @Test
    void a_job_goes_to_the_archive_is_downloaded_and_comes_back() throws Exception {
        String job = farm.submitProgram("for the archive", "true");
        awaitStatus(job, "completed");

        admin.onJob(job, "Archive");
        awaitStatus(job, "archived");
        admin.open("archive");
        String archive = admin.row("data-job-id", job).locator("a[download]").getAttribute("href");
        assertThat(farm.onServer(archive.replace("/api/v1/", "")).type()).isEqualTo("application/zip");
        admin.row("data-job-id", job).getByText("Restore").click();

        awaitStatus(job, "completed");
    }

    @Test
    void a_priority_that_is_being_typed_outlasts_what_happens_to_the_job_meanwhile() throws Exception {
        Path gate = directory.resolve("gate-of-the-priority");
        String job = farm.submitUntil("hurried", gate);
        awaitStatus(job, "active");
        admin.open("jobs/" + job);
        Locator priority = page.getByLabel("Priority");
        priority.fill("7");
        Files.createFile(gate);
        page.locator(".facts [data-status=completed]").waitFor();
        page.keyboard().type("5");
        page.keyboard().press("Enter");

        await().atMost(PATIENCE).until(() -> farm.onServer("jobs/" + job).json().getInteger("priority") == 75);
    }

    @Test
    void the_newest_picture_stands_beside_its_job_and_every_frame_has_a_place_in_the_film() throws Exception {
        String job = farm.firstJob().getString("id");
        String without = farm.submitProgram("without a picture", "true");

        admin.open("jobs");
        page.waitForFunction(
                "job => document.querySelector(`[data-job-id='${job}'] .thumb img`)?.naturalWidth > 0", job);
        assertThat(admin.row("data-job-id", without).locator(".thumb .icon")).isVisible();
        admin.open("jobs/" + job);

        assertThat(page.locator(".frames [aria-pressed], .frames [data-gap]")).hasCount(12);
    }

    @Test
    void a_job_prints_as_a_report() throws Exception {
        admin.open("jobs/" + farm.firstJob().getString("id"));
        page.locator("main:has(svg.durations)").waitFor();

        assertThat(page.pdf()).hasSizeGreaterThan(10_000);
    }

    private static int logIn(String name, String password) throws Exception {
        JsonObject proof = new JsonObject().put("name", name).put("password", password);
        return farm.server().send("api/v1/login", "", proof.encode()).status();
    }

    private static void awaitStatus(String job, String status) {
        await().atMost(PATIENCE)
                .until(() ->
                        farm.onServer("jobs/" + job).json().getString("status").equals(status));
    }
}
