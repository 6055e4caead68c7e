package io.flamenco.e2e;

import static io.flamenco.e2e.Patience.PATIENCE;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** A browser at the demonstration farm. Whoever changes the farm puts it back, since others look at it afterwards. */
final class Visit implements AutoCloseable {

    /** Is there once the page knows the workers, and that the reader may order them about. */
    static final String ORDERS = "[data-worker-id] .row-menu";

    private final Path directory;
    private final DemoFarm farm;
    private final Dashboard browser;

    private Visit(Path directory, DemoFarm farm, Dashboard browser) {
        this.directory = directory;
        this.farm = farm;
        this.browser = browser;
    }

    /** Starts the farm and the browser; skips the test where there is no browser. */
    static Visit begin() {
        Path chromium = Wanted.program("chromium");
        try {
            Path directory = Files.createTempDirectory("flamenco-visit-");
            return new Visit(directory, new DemoFarm(directory), new Dashboard(chromium));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DemoFarm farm() {
        return farm;
    }

    Dashboard browser() {
        return browser;
    }

    /** A place for files that tests need. */
    Path directory() {
        return directory;
    }

    /** A new window with nothing in it. */
    Page blank() {
        return browser.open("about:blank");
    }

    /** A new window with the Manager's first page, logged in. */
    Page atManager() throws IOException {
        Page page = blank();
        logInAtManager(page);
        return page;
    }

    void logInAtManager(Page page) throws IOException {
        page.navigate(farm.managerPage("#key=" + farm.managerToken()));
        page.locator(ORDERS).first().waitFor();
    }

    /** The id of a task of that job that runs, once there is one. */
    String activeTask(String job) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> farm.tasks("?status=active").stream()
                                .map(JsonObject.class::cast)
                                .filter(task -> job.equals(task.getString("job")))
                                .map(task -> task.getString("id"))
                                .toList(),
                        active -> !active.isEmpty())
                .getFirst();
    }

    /** Makes the file that a task waits for, and waits until it has ended, so that nobody who comes later sees it end. */
    void open(Path gate, String task) throws IOException {
        Files.createFile(gate);
        await().atMost(PATIENCE).until(() -> statusOf(task).equals("completed"));
    }

    /** How far a task is, as the Manager says. */
    String statusOf(String task) throws Exception {
        return farm.manager()
                .readAs(farm.managerToken(), "api/v1/tasks/" + task)
                .json()
                .getString("status");
    }

    /** A number that a script in the page finds out. */
    static double number(Page page, String expression) {
        return ((Number) page.evaluate(expression)).doubleValue();
    }

    @Override
    public void close() throws IOException {
        browser.close();
        farm.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
