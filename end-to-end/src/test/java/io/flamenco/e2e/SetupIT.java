package io.flamenco.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.flamenco.e2e.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Manager is set up and linked with a Server in a browser, and then works. */
class SetupIT {

    @Test
    void a_manager_without_settings_is_linked_in_the_browser_and_goes_to_work(@TempDir Path directory)
            throws Exception {
        int port = Ports.free();
        Path data = directory.resolve("new-manager");
        FlamencoProcess manager = null;
        try (SplitFarm farm = new SplitFarm(directory);
                Dashboard browser = new Dashboard(Wanted.program("chromium"))) {
            farm.startServer();
            String password = farm.process("server").said("one-time password (\\S+)");
            manager = FlamencoProcess.start(
                    "fresh",
                    directory,
                    Map.of(),
                    "manager",
                    "--listen",
                    "127.0.0.1:" + port,
                    "--data",
                    data.toString());
            String link = manager.said("(http://127\\S+key=\\S+)");
            Rest setup = new Rest(port);
            assertThat(setup.read("setup/data").status()).isEqualTo(401);

            Page page = browser.open(link);
            assertThat(page.locator("#fileStorePath"))
                    .hasValue(data.resolve("manager/shaman/file-store").toString());
            page.fill("#checkoutPath", "/elsewhere");
            page.click(".field:has(#checkoutPath) button:has-text('Restore')");
            assertThat(page.locator("#checkoutPath"))
                    .hasValue(data.resolve("manager/shaman/jobs").toString());
            theDatabaseIsChosen(page);
            onePathToBlenderForEverybody(page, data.resolve("manager.yaml"));
            typedBeforeTheManagerKnowsWhetherItIsLinked(
                    page, farm.server().url("").toString());
            page.click("button:has-text('Link')");
            assertThat(page).hasURL(Pattern.compile(".*/login\\?next=.*"));
            page.fill("#login-name", "admin");
            page.fill("#login-password", password);
            page.click("button[type=submit]");
            page.fill("#login-fresh", "a password of my own");
            page.fill("#login-password", password);
            page.click("button[type=submit]");
            page.fill("[name=manager-name]", "Nave 4");
            page.click("button:has-text('Link')");

            assertThat(page).hasURL(setup.url("setup/link-done").toString());
            Path settings = data.resolve("manager.yaml");
            assertThat(Files.readString(settings)).contains("manager_secret: SRV");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(settings)))
                    .isEqualTo("rw-------");
            page.click("button:has-text('Restart')");
            assertThat(page).hasURL(setup.url("").toString());
            await().atMost(PATIENCE)
                    .until(() -> farm.server()
                            .readAs(farm.token(), "api/v1/managers")
                            .body()
                            .contains("Nave 4"));
            assertThat(page.locator("body")).containsText("Flamenco Manager");
            assertThat(setup.read("setup/data").status()).isNotEqualTo(200);
            assertThat(browser.complaints()).as("errors of scripts").isEmpty();
        } finally {
            if (manager != null) {
                manager.close();
            }
        }
    }

    @Test
    void two_managers_are_linked_with_one_server_over_https_that_no_authority_vouches_for(@TempDir Path directory)
            throws Exception {
        List<FlamencoProcess> started = new ArrayList<>();
        try (Dashboard browser = new Dashboard(Wanted.program("chromium"))) {
            String server = start("server", "server", directory, started);
            String password = started.getFirst().said("one-time password (\\S+)");
            String fingerprint = started.getFirst().said("fingerprint (\\S+)");
            String manager = "";
            Page page = browser.open(server);
            List<String> sockets = new CopyOnWriteArrayList<>();
            for (String name : List.of("nave-5", "nave-6")) {
                manager = start(name, "manager", directory, started);
                page = browser.open(started.getLast().said("(https://127\\S+key=\\S+)"));
                page.onWebSocket(socket -> sockets.add(socket.url()));
                page.fill("#server", server);
                page.click("button:has-text('Link')");
                assertThat(page.locator(".fingerprint")).hasText(fingerprint);
                page.click("button:has-text('It is the same')");
                logIn(page, password, name.equals("nave-5"));
                page.fill("[name=manager-name]", name);
                page.click("button:has-text('Link')");
                assertThat(page).hasURL(manager + "setup/link-done");
                assertThat(Files.readString(directory.resolve(name + "/manager.yaml")))
                        .contains("flamenco_fingerprint: " + fingerprint);
                page.click("button:has-text('Restart')");
                assertThat(page).hasURL(manager);
                Path keys = directory.resolve(name + "/manager/jwtkeys/downloaded-public.pem");
                await().atMost(PATIENCE).until(() -> Files.exists(keys));
            }

            assertThat(page.request().get(server + "api/v1/managers").text())
                    .contains("nave-5")
                    .contains("nave-6");
            join("nave-6", directory, started);
            assertThat(page.locator("body")).containsText("joined-by-command");
            String socket = manager.replace("https", "wss") + "eventbus/";
            assertThat(sockets)
                    .allSatisfy(url -> assertThat(url).startsWith("wss:"))
                    .anySatisfy(url -> assertThat(url).startsWith(socket));
            assertThat(page.context().cookies())
                    .allSatisfy(cookie -> assertThat(cookie.name).startsWith("__Host-"))
                    .anySatisfy(cookie -> assertThat(cookie.name).isEqualTo("__Host-flamenco-session"));
            assertThat(browser.complaints()).as("errors of scripts").isEmpty();
        } finally {
            for (FlamencoProcess process : started) {
                process.close();
            }
        }
    }

    /** A MongoDB takes a URL; the embedded database takes none. */
    private static void theDatabaseIsChosen(Page page) {
        page.getByLabel("A MongoDB").check();
        page.click("button:text-is('Save')");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Type the URL");
        page.fill("#database_url", "mongodb://db.studio/farm");
        page.getByLabel("The embedded one").check();
        assertThat(page.locator("#database_url")).hasCount(0);
        assertThat(page.locator("#server")).hasValue("");
    }

    private static void onePathToBlenderForEverybody(Page page, Path settings) throws IOException {
        Locator blender = page.locator("[data-variable=blender]");
        assertThat(blender.locator("input[aria-label]")).hasCount(4);
        blender.getByLabel("The same for Workers and people").check();
        assertThat(blender.locator("input[aria-label]")).hasCount(3);
        blender.getByLabel("blender on linux").fill("/opt/blender");
        page.click("button:text-is('Save')");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Saved");
        assertThat(blender.getByLabel("blender on linux")).hasValue("/opt/blender");
        assertThat(Files.readString(settings)).contains("/opt/blender").doesNotContain("workers", "mongodb:", "ffmpeg");
    }

    /** Types the Server's address while the question for the link is still on its way; nothing may write over it. */
    private static void typedBeforeTheManagerKnowsWhetherItIsLinked(Page page, String server) {
        List<Route> held = new ArrayList<>();
        page.route("**/setup/api/link-required", held::add);
        page.waitForRequest("**/setup/api/link-required", page::reload);
        page.fill("#server", server);
        page.waitForResponse("**/setup/api/link-required", () -> held.forEach(Route::resume));
        page.unroute("**/setup/api/link-required");
        assertThat(page.locator("#server")).hasValue(server);
    }

    /** Starts a role that makes its own certificate; where it is reached by HTTPS. */
    private static String start(String name, String role, Path directory, List<FlamencoProcess> started)
            throws IOException {
        int port = Ports.free();
        Path data = Files.createDirectory(directory.resolve(name));
        Files.writeString(data.resolve(role + ".yaml"), """
                listen: 127.0.0.1:%d
                listen_https: 127.0.0.1:%d
                tls: self-signed
                """.formatted(Ports.free(), port));
        started.add(FlamencoProcess.start(name, directory, Map.of(), role, "--data", data.toString()));
        return "https://127.0.0.1:" + port + "/";
    }

    private static void logIn(Page page, String oneTime, boolean first) {
        assertThat(page).hasURL(Pattern.compile(".*/login\\?next=.*"));
        page.fill("#login-name", "admin");
        page.fill("#login-password", first ? oneTime : "a password of my own");
        page.click("button[type=submit]");
        if (first) {
            page.fill("#login-fresh", "a password of my own");
            page.fill("#login-password", oneTime);
            page.click("button[type=submit]");
        }
    }

    /** Starts a Worker with what the Manager's join command says. */
    private static void join(String manager, Path directory, List<FlamencoProcess> started) throws Exception {
        FlamencoProcess.Outcome said = FlamencoProcess.run(
                directory,
                PATIENCE,
                "manager",
                "join-command",
                "--form",
                "yaml",
                "--data",
                directory.resolve(manager).toString());
        assertThat(said.exitCode()).as(said.err()).isZero();
        Path settings =
                Files.writeString(directory.resolve("worker.yaml"), said.out() + "\nnickname: joined-by-command\n");
        started.add(FlamencoProcess.start(
                "worker",
                directory,
                Map.of(),
                "worker",
                "--config",
                settings.toString(),
                "--data",
                directory.resolve("worker").toString()));
    }
}
