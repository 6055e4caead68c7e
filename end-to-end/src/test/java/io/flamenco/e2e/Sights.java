package io.flamenco.e2e;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/** The pages of a farm: the one table to which a new page is added. */
final class Sights {

    private Sights() {}

    /**
     * A page.
     *
     * @param name of its pictures in the documentation
     * @param content what it shows when it is whole, as a selector
     */
    record Sight(String name, String url, String content) {

        /** Goes there, and waits until it is whole. */
        void show(Page page) {
            page.navigate(url);
            page.locator(content).first().waitFor();
            Settled.answered(page);
        }
    }

    static List<Sight> ofManager(DemoFarm farm) throws Exception {
        String task = farm.taskOfFirstJob();
        String worker = farm.worker().getString("id");
        return List.of(
                manager(farm, "farm", "", "[data-pool]"),
                manager(farm, "timeline", "?view=timeline", "[data-worker-id] .timeline"),
                manager(farm, "schedule", "?view=schedule", "[data-worker-id] [role=switch]"),
                manager(farm, "queue", "queue?status=all", "[data-task-id]"),
                manager(farm, "worker", "workers/" + worker, "[data-task-id]"),
                manager(farm, "log", "tasks/" + task + "/log", "[data-line]"),
                manager(farm, "picture", "latest-image", "img[data-latest-image]"),
                manager(farm, "api", "api/docs?q=worker", "[data-operation]"));
    }

    static List<Sight> ofServer(DemoFarm farm) throws Exception {
        String job = farm.firstJob().getString("id");
        return List.of(
                server(farm, "jobs", "jobs", "[data-job-id]"),
                server(farm, "job", "jobs/" + job, "main:has(svg.durations):has(img[data-picture])"),
                server(farm, "submit", "submit", "form"),
                server(farm, "managers", "managers", "[data-manager-id]"),
                server(farm, "workers", "workers", "[data-worker-id]"),
                server(farm, "archive", "archive", "h1"),
                server(farm, "projects", "projects", "[data-project]"),
                server(farm, "users", "users", "[data-user]"),
                server(farm, "audit", "audit", "[data-audit]"),
                server(farm, "account", "account", "#password-fresh"),
                server(farm, "api", "api/docs#submitJob", "#submitJob[open] table"));
    }

    static List<Sight> all(DemoFarm farm) throws Exception {
        List<Sight> all = new ArrayList<>(ofManager(farm));
        all.addAll(ofServer(farm));
        return all;
    }

    private static Sight manager(DemoFarm farm, String name, String path, String content) {
        return new Sight("manager-" + name, farm.managerPage(path), content);
    }

    private static Sight server(DemoFarm farm, String name, String path, String content) {
        return new Sight("server-" + name, farm.serverPage(path), content);
    }
}
