package io.flamenco.e2e;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.flamenco.e2e.Sights.Sight;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the pictures of the documentation anew, of a farm at work: each page in light, in dark and on a phone. The farm is a minute
 * old, so the day that its drawings show is made up.
 */
@Timeout(300)
@EnabledIfSystemProperty(named = "flamenco.screenshots.write", matches = "true")
class ScreenshotsIT {

    private static final Path TARGET = FlamencoProcess.HOME.resolve("docs").resolve("screenshots");

    /** Pages that show little more than their fields. */
    private static final Set<String> LEFT_OUT = Set.of(
            "manager-api",
            "manager-picture",
            "server-api",
            "server-archive",
            "server-account",
            "server-audit",
            "server-projects");

    /** How a page is looked at. */
    private record Look(String name, ColorScheme scheme, int width, int height) {}

    private static final List<Look> LOOKS = List.of(
            new Look("light", ColorScheme.LIGHT, 1280, 800),
            new Look("dark", ColorScheme.DARK, 1280, 800),
            new Look("phone", ColorScheme.LIGHT, 390, 844));

    /** Those out of view are not fetched. */
    private static final String PICTURES_ARE_THERE = """
            () => [...document.images]
              .filter((image) => image.checkVisibility() && image.getBoundingClientRect().top < innerHeight)
              .every(({ complete }) => complete)""";

    @Test
    void every_page_in_light_in_dark_and_on_a_phone(@TempDir Path directory) throws Exception {
        try (DemoFarm farm = new DemoFarm(directory);
                Dashboard browser = new Dashboard(Wanted.program("chromium"))) {
            List<Sight> sights = new ArrayList<>(Sights.all(farm));
            sights.removeIf(sight -> LEFT_OUT.contains(sight.name()));
            new Stage(farm).set();
            sights.replaceAll(sight -> sight.name().equals("manager-log") ? runningLog(farm) : sight);
            Page page = browser.open(farm.loginLink());
            page.route(
                    "**/api/v1/history/load",
                    route -> answer(route, new JsonObject().put("samples", MadeUpDay.load())));
            page.route("**/api/v1/history/workers?**", route -> answer(route, MadeUpDay.of(route)));
            page.waitForURL(Pattern.compile(".*/jobs"));
            page.navigate(farm.managerPage("#key=" + farm.managerToken()));
            page.locator(Visit.ORDERS).first().waitFor();
            for (Sight sight : sights) {
                take(page, sight);
            }
        }
    }

    private static void answer(Route route, JsonObject document) {
        route.fulfill(new FulfillOptions()
                .setContentType("application/json")
                .setBody(document.put("now", Instant.now().toString()).encode()));
    }

    private static Sight runningLog(DemoFarm farm) {
        try {
            String task = farm.tasks("?status=active").getJsonObject(0).getString("id");
            return new Sight("manager-log", farm.managerPage("tasks/" + task + "/log"), "[data-line]");
        } catch (Exception e) {
            throw new AssertionError("There is no running task to look at", e);
        }
    }

    private static void take(Page page, Sight sight) {
        for (Look look : LOOKS) {
            page.setViewportSize(look.width(), look.height());
            page.emulateMedia(
                    new EmulateMediaOptions().setColorScheme(look.scheme()).setReducedMotion(ReducedMotion.REDUCE));
            sight.show(page);
            page.waitForFunction(PICTURES_ARE_THERE);
            page.screenshot(new ScreenshotOptions().setPath(TARGET.resolve(sight.name() + "-" + look.name() + ".png")));
        }
    }
}
