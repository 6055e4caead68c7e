package io.flamenco.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import io.flamenco.e2e.FlamencoProcess.Outcome;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: a Blender file is submitted, rendered by two Workers, and watched in a browser meanwhile. */
class FarmIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final double PATIENCE_MS = PATIENCE.toMillis();

    @Test
    void a_blender_job_is_rendered_and_seen_in_a_browser_while_it_happens(@TempDir Path directory) throws Exception {
        Path blender = Wanted.program("blender");
        Wanted.program("ffmpeg");
        Path scene = Scene.make(blender, directory.resolve("scene.blend"), 320, 240, 4);
        Path pictures = directory.resolve("render");

        try (SplitFarm farm = new SplitFarm(directory);
                Dashboard browser = new Dashboard(Wanted.program("chromium"))) {
            farm.startAll("left", "right");
            Page workers = browser.open(farm.managerPage(""));
            assertThat(workers.locator("body")).containsText("left", patient());
            assertThat(workers.locator("body")).containsText("right", patient());

            String job = submit(farm, scene, pictures);
            Page jobPage = browser.open(farm.server().url("jobs/" + job).toString());
            Page logPage = browser.open(farm.managerPage("tasks/" + renderTask(farm) + "/log"));

            assertThat(logPage.locator("[data-line]:has-text('Fra:')").first()).isVisible();
            assertThat(workers.locator("img[data-latest-image]").first())
                    .isVisible(new IsVisibleOptions().setTimeout(PATIENCE_MS));
            assertShows(workers.locator("img[data-latest-image]").first());
            await().atMost(PATIENCE)
                    .until(() ->
                            !List.of("queued", "active").contains(farm.job(job).getString("status")));
            assertThat(farm.job(job).getString("status"))
                    .as("tasks: %s", farm.server().read("api/v1/jobs/" + job + "/tasks"))
                    .isEqualTo("completed");
            assertThat(jobPage.locator("body")).containsText("Completed", patient());
            assertThat(browser.complaints()).as("errors of scripts").isEmpty();
        }

        List<Path> frames = Pictures.below(pictures);
        assertThat(frames).hasSize(6);
        for (Path frame : frames) {
            Pictures.assertShown(frame, 320, 240);
        }
    }

    private static ContainsTextOptions patient() {
        return new ContainsTextOptions().setTimeout(PATIENCE_MS).setIgnoreCase(true);
    }

    /** That the picture was loaded and is one. */
    private static void assertShows(Locator picture) {
        await().atMost(PATIENCE).until(() -> ((Number) picture.evaluate("image => image.naturalWidth")).intValue() > 0);
    }

    private static String submit(SplitFarm farm, Path scene, Path pictures) throws Exception {
        Outcome submitted = farm.submit(
                "blender-render",
                scene.toString(),
                "--frames",
                "1-6",
                "--chunk",
                "3",
                "--render-output",
                pictures.resolve("frame-######").toString(),
                "--set",
                "format=PNG");
        assertThat(submitted.exitCode()).as(submitted.err()).isZero();
        return submitted.out().strip();
    }

    /** The id of a task that renders, once a Worker is at it. */
    private static String renderTask(SplitFarm farm) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> begunTasks(farm).filter(FarmIT::renders).findFirst(), Optional::isPresent)
                .orElseThrow()
                .getString("id");
    }

    private static Stream<JsonObject> begunTasks(SplitFarm farm) throws Exception {
        JsonObject answer = farm.manager()
                .readAs(farm.managerToken(), "api/v1/tasks?status=active,completed")
                .json();
        return answer.getJsonArray("tasks").stream().map(JsonObject.class::cast);
    }

    private static boolean renders(JsonObject task) {
        return task.getString("task_type").equals("blender-render");
    }
}
