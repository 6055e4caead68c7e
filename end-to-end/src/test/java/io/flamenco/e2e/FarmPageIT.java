package io.flamenco.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a wrangler does on the Manager's first page. */
@ExtendWith(OnDemoFarm.class)
class FarmPageIT {

    private final Visit visit;
    private final DemoFarm farm;

    FarmPageIT(Visit visit) {
        this.visit = visit;
        this.farm = visit.farm();
    }

    @Test
    void a_worker_is_ordered_about_and_the_order_taken_back_by_keyboard_alone() throws Exception {
        StandIn asleep = StandIn.registered(farm, "a-sleeper", "linux").tells("asleep");
        Page page = visit.atManager();
        Locator row = page.locator("[data-worker-id='" + asleep.id() + "']");
        page.keyboard().press("j");
        assertThat(row).isFocused();
        page.keyboard().press(".");
        Locator first = page.getByRole(AriaRole.MENUITEM).first();
        assertThat(first).isFocused();
        assertThat(first).hasText("Wake");
        page.keyboard().press("Enter");
        assertThat(row.locator(".next")).containsText("awake");

        Dashboard.takeBack(page);
        assertThat(row.locator(".next")).hasCount(0);
        forget(page, asleep);
        page.context().close();
    }

    @Test
    void many_workers_are_selected_with_keys_and_given_one_sleep_schedule() throws Exception {
        StandIn one = StandIn.registered(farm, "b-one", "linux").tells("asleep");
        StandIn other = StandIn.registered(farm, "b-other", "windows").tells("asleep");
        Page page = visit.atManager();
        page.navigate(farm.managerPage("?view=schedule&q=b-o"));
        Locator rows = page.locator("[data-worker-id]");
        assertThat(page.locator(Visit.ORDERS)).hasCount(2);
        page.keyboard().press("Control+a");
        page.getByText("2 selected").waitFor();
        page.locator(".bulk button:has-text('More')").click();
        page.locator("[role=menuitem]:has-text('Sleep schedule')").click();
        page.fill("#sleep-from", "25:00");
        page.locator(".wrong:has-text('A time of day')").waitFor();
        page.fill("#sleep-from", "09:00");
        page.fill("#sleep-until", "18:30");
        page.locator("[role=slider][aria-label=From]").press("ArrowRight");
        assertThat(page.locator("#sleep-from")).hasValue("09:15");
        page.locator("[role=slider][aria-label=From]").press("ArrowLeft");
        dragUntilTo(page, 0.25);
        assertThat(page.locator("#sleep-until")).hasValue("06:00");
        page.fill("#sleep-until", "18:30");
        page.locator("#sleep-until").press("Enter");

        assertThat(page.locator(".toasts")).containsText("2 workers do not follow a sleep schedule");
        assertThat(rows.nth(0)).containsText("09:00");
        assertThat(rows.nth(1)).containsText("18:30");
        Dashboard.takeBack(page);
        assertThat(rows.nth(0)).not().containsText("09:00");
        page.keyboard().press("Escape");
        assertThat(page.locator(".bulk")).hasCount(0);
        forget(page, one);
        forget(page, other);
        page.context().close();
    }

    @Test
    void a_pool_is_resized_and_more_than_it_can_be_is_refused() throws Exception {
        Page page = visit.atManager();
        Locator pool = page.locator("[data-pool=fakeempty]");
        pool.getByRole(AriaRole.BUTTON).click();
        assertThat(page.locator("#pool-dedicatedNodes")).isFocused();
        page.fill("#pool-dedicatedNodes", "10001");
        page.keyboard().press("Enter");
        assertThat(page.locator("#pool-dedicatedNodes:invalid")).isVisible();
        page.fill("#pool-dedicatedNodes", "3");
        page.keyboard().press("Enter");

        assertThat(pool).containsText("0 workers, on the way to 3");
        assertThat(page.locator("dialog")).hasCount(0);
        page.context().close();
    }

    @Test
    void a_worker_that_was_never_seen_is_folded_away_and_forgotten_there() throws Exception {
        StandIn.registered(farm, "never-came", "linux");
        Page page = visit.atManager();
        Locator old = page.locator("details:has-text('not seen for more than 14 days')");
        old.locator("summary").click();
        assertThat(page.locator("table [data-worker-id]:has-text('never-came')"))
                .hasCount(0);
        old.getByLabel("Forget never-came").click();
        page.getByText("Forget 1 worker", new Page.GetByTextOptions().setExact(true))
                .click();

        assertThat(old).hasCount(0);
        page.context().close();
    }

    @Test
    void tasks_are_fetched_at_once_and_a_viewer_is_offered_no_action() throws Exception {
        Page page = visit.atManager();
        page.getByText("Fetch tasks now").click();
        page.locator(".lead-actions:has-text('No new task')").waitFor();
        assertThat(page.getByText("Set up")).isVisible();

        page.route(
                "**/api/v1/me",
                route -> route.fulfill(new FulfillOptions()
                        .setContentType("application/json")
                        .setBody(new JsonObject()
                                .put("name", "Ana")
                                .put("role", "viewer")
                                .encode())));
        page.waitForResponse("**/api/v1/me", page::reload);
        page.locator("[data-worker-id]").first().waitFor();
        assertThat(page.locator(".lead-actions, main input[type=checkbox], .row-menu"))
                .hasCount(0);
        assertThat(page.getByText("Set up")).hasCount(0);
        page.context().close();
        Assertions.assertThat(visit.browser().complaints())
                .as("errors of scripts")
                .isEmpty();
    }

    @Test
    void who_logs_out_sees_no_more_of_the_farm_and_is_sent_to_the_server_to_log_in_again() throws Exception {
        Page page = visit.atManager();
        page.locator(".person button").click();
        assertThat(page.locator(".menu-head")).hasText("Admin: runs the farm");
        page.getByRole(AriaRole.MENUITEM).click();
        page.getByText("You are logged out of this Manager.").last().waitFor();
        assertThat(page.locator("[data-worker-id], .person")).hasCount(0);
        assertThat(page.getByText("Log in again")).isFocused();

        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*/login\\?next=.*"));
        assertThat(page.locator(".under")).containsText("You come from 127.0.0.1:");
        page.context().close();
    }

    @Test
    void nothing_can_be_ordered_while_out_of_contact_and_everything_again_afterwards() throws Exception {
        Page page = visit.blank();
        Contact.watch(page);
        visit.logInAtManager(page);
        page.locator(".contact[data-family=done]").waitFor();
        Locator kick = page.locator(".lead-actions button");
        page.keyboard().press("j");
        page.keyboard().press("x");
        Locator sleep = page.locator(".bulk button:has-text('Sleep now')");
        sleep.waitFor();

        Contact.cut(page);
        assertThat(kick).hasAttribute("aria-disabled", "true");
        assertThat(kick).hasAttribute("title", "Not while out of contact: it would not arrive");
        assertThat(sleep).hasAttribute("aria-disabled", "true");
        page.keyboard().press("s");
        assertThat(page.locator(".toasts")).containsText("Not while out of contact");

        Contact.restore(page);
        assertThat(page.locator("button[aria-disabled]")).hasCount(0);
        assertThat(sleep).isEnabled();
        page.context().close();
    }

    /** Drags the right edge of the week's drawing to a share of the day. */
    private static void dragUntilTo(Page page, double share) {
        BoundingBox day = page.locator(".week-edges").boundingBox();
        page.locator("[role=slider][aria-label=Until]").hover();
        page.mouse().down();
        page.mouse().move(day.x + day.width * share, day.y + day.height / 2);
        page.mouse().up();
    }

    private static void forget(Page page, StandIn worker) {
        Locator row = page.locator("[data-worker-id='" + worker.id() + "']");
        row.locator(".row-menu button").click();
        page.locator("[role=menuitem]:has-text('Forget')").click();
        page.locator("dialog").getByText(Pattern.compile("^Forget")).last().click();
        assertThat(row).hasCount(0);
    }
}
