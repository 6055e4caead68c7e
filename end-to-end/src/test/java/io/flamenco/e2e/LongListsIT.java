package io.flamenco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.Route.FulfillOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Lists of ten thousand: only what is in view is in the document, and a change comes alone. The lists are made up on their way
 * to the browser, around the real Worker and the real task that change.
 */
@ExtendWith(OnDemoFarm.class)
class LongListsIT {

    private static final int MANY = 10_000;
    private static final int MOST_ROWS = 100;

    /** Keeps what a page does by the clock from being done, which is to ask for all now and then. */
    private static final String NOTHING_BY_THE_CLOCK = "globalThis.setInterval = () => 0;";

    private final Visit visit;
    private final DemoFarm farm;
    private final AtomicInteger asked = new AtomicInteger();

    LongListsIT(Visit visit) {
        this.visit = visit;
        this.farm = visit.farm();
    }

    @Test
    void ten_thousand_workers_are_a_few_rows_and_a_change_of_one_is_seen_without_asking_for_all() throws Exception {
        Page page = visit.atManager();
        page.addInitScript(NOTHING_BY_THE_CLOCK);
        page.route("**/api/v1/workers", route -> answer(route, "workers", LongListsIT::workers));
        page.reload();
        page.locator(".ledger-item:has-text('10,001')").waitFor();
        awaitQuiet(page);
        Locator real = page.locator("[data-worker-id='" + farm.worker().getString("id") + "']");
        page.evaluate(Blocks.WATCH);
        scrollThrough(page);
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
        real.waitFor();
        assertThat(page.locator("[data-worker-id]").count()).isBetween(10, MOST_ROWS);

        int before = asked.get();
        Path gate = visit.directory().resolve("gate-of-the-farm");
        String task = visit.activeTask(farm.submitUntil("a long list", gate));
        real.locator("[data-family=work]").waitFor();
        visit.open(gate, task);

        assertThat(asked.get()).as("lists of all workers that were asked for").isEqualTo(before);
        Blocks.report(page, MANY + " workers");
        page.context().close();
    }

    @Test
    void ten_thousand_tasks_are_a_few_rows_and_a_change_of_one_is_seen_without_asking_for_all() throws Exception {
        Path gate = visit.directory().resolve("gate-of-the-list");
        String task = visit.activeTask(farm.submitUntil("a long queue", gate));
        Page page = visit.atManager();
        page.route("**/api/v1/tasks?**", route -> answer(route, "tasks", LongListsIT::tasks));
        page.navigate(farm.managerPage("queue?status=all"));
        Locator real = page.locator("[data-task-id='" + task + "']");
        real.waitFor();
        awaitQuiet(page);
        page.evaluate(Blocks.WATCH);
        scrollThrough(page);
        assertThat(page.locator("[data-task-id]").count()).isBetween(10, MOST_ROWS);
        page.evaluate("scrollTo(0, 0)");

        int before = asked.get();
        real.hover();
        Files.createFile(gate);
        real.locator("[data-status=completed]").waitFor();

        assertThat(asked.get()).as("lists of tasks that were asked for").isEqualTo(before);
        Blocks.report(page, MANY + " tasks");
        page.context().close();
    }

    /** Waits until the page hears the farm and has fetched what it fetches because of that. */
    private static void awaitQuiet(Page page) {
        page.locator(".contact[data-family=done]").waitFor();
        Settled.answered(page);
    }

    /** The real answer with many more before what is in it. */
    private void answer(Route route, String field, Supplier<JsonArray> more) {
        asked.incrementAndGet();
        JsonObject document = new JsonObject(route.fetch().text());
        JsonArray all = new JsonArray().addAll(more.get()).addAll(document.getJsonArray(field));
        route.fulfill(new FulfillOptions()
                .setContentType("application/json")
                .setBody(document.put(field, all).encode()));
    }

    private static JsonArray workers() {
        return new JsonArray(IntStream.range(0, MANY)
                .mapToObj(number -> new JsonObject()
                        .put("id", "%024x".formatted(number))
                        .put("nickname", "node-%05d".formatted(number))
                        .put("status", number % 3 == 0 ? "asleep" : "awake")
                        .put("status_requested", "")
                        .put("platform", "linux")
                        .put("software", "Flamenco-Worker/3.0")
                        .put("address", "10.0.0.1")
                        .put("last_activity", "2099-01-01T00:00:00Z"))
                .toList());
    }

    private static JsonArray tasks() {
        return new JsonArray(IntStream.range(0, MANY)
                .mapToObj(number -> new JsonObject()
                        .put("id", "%024x".formatted(number))
                        .put("name", "render-" + number)
                        .put("status", "queued")
                        .put("task_type", "blender-render")
                        .put("worker", "")
                        .put("activity", "")
                        .put("last_updated", "2026-01-01T00:00:00Z"))
                .toList());
    }

    private static void scrollThrough(Page page) {
        page.evaluate("""
                async () => {
                  for (let step = 0; step <= 50; step++) {
                    scrollTo(0, (document.documentElement.scrollHeight * step) / 50);
                    await new Promise(requestAnimationFrame);
                  }
                }""");
    }
}
